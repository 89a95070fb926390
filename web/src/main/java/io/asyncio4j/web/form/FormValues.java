package io.asyncio4j.web.form;

import io.asyncio4j.web.FormData;
import io.asyncio4j.web.UploadFile;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The values of a form by their names.
public final class FormValues implements FormData {
    private final Map<String, List<Object>> values = new LinkedHashMap<>();

    FormValues() {}

    void add(String name, Object value) {
        values.computeIfAbsent(name, _ -> new ArrayList<>()).add(value);
    }

    @Override
    public Set<String> names() {
        return values.keySet();
    }

    @Override
    public @Nullable String get(String name) {
        List<String> all = all(name);
        return all.isEmpty() ? null : all.getLast();
    }

    @Override
    public List<String> all(String name) {
        return values(name).stream()
                .filter(String.class::isInstance)
                .map(String.class::cast)
                .toList();
    }

    @Override
    public @Nullable UploadFile file(String name) {
        List<UploadFile> all = files(name);
        return all.isEmpty() ? null : all.getLast();
    }

    @Override
    public List<UploadFile> files(String name) {
        return values(name).stream()
                .filter(UploadFile.class::isInstance)
                .map(UploadFile.class::cast)
                .toList();
    }

    @Override
    public List<Object> values(String name) {
        return values.getOrDefault(name, List.of());
    }

    @Override
    public String toString() {
        return "FormData" + values.keySet();
    }
}
