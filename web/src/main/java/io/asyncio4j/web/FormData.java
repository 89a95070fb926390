package io.asyncio4j.web;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The fields and files of a form, in the order in which they came. FastAPI: `FormData`.
public final class FormData {
    private final Map<String, List<Object>> values = new LinkedHashMap<>();

    FormData() {}

    void add(String name, Object value) {
        values.computeIfAbsent(name, _ -> new ArrayList<>()).add(value);
    }

    /// Returns the names of fields and files.
    public Set<String> names() {
        return values.keySet();
    }

    /// Returns the last text of a field; null if there is none.
    public @Nullable String get(String name) {
        List<String> all = all(name);
        return all.isEmpty() ? null : all.getLast();
    }

    /// Returns all texts of a field.
    public List<String> all(String name) {
        return values(name).stream()
                .filter(String.class::isInstance)
                .map(String.class::cast)
                .toList();
    }

    /// Returns the last file of this name; null if there is none.
    public @Nullable UploadFile file(String name) {
        List<UploadFile> all = files(name);
        return all.isEmpty() ? null : all.getLast();
    }

    /// Returns all files of this name.
    public List<UploadFile> files(String name) {
        return values(name).stream()
                .filter(UploadFile.class::isInstance)
                .map(UploadFile.class::cast)
                .toList();
    }

    /// Returns texts, as [String], and files, as [UploadFile].
    public List<Object> values(String name) {
        return values.getOrDefault(name, List.of());
    }

    @Override
    public String toString() {
        return "FormData" + values.keySet();
    }
}
