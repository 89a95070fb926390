package io.asyncio4j.web.schema;

import io.asyncio4j.web.scalar.Fault;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A map, whose keys are texts or what is read from a text. Its values cannot be changed.
public final class MapShape extends Shape {
    private static final Fault TYPE = new Fault("dict_type", "Input should be a valid dictionary");

    private final Shape key;
    private final Shape value;
    private final Rules rules;
    private final ItemCounts counts;
    private final Check[] checks;

    MapShape(Shape key, Shape value, Rules rules) {
        this.key = key;
        this.value = value;
        this.rules = rules;
        this.counts = new ItemCounts("Dictionary", rules);
        List<Check> all = new ArrayList<>();
        ValidatorCheck.addTo(all, Map.class, rules.others);
        this.checks = all.toArray(NO_CHECKS);
    }

    public Shape key() {
        return key;
    }

    public Shape value() {
        return value;
    }

    Rules rules() {
        return rules;
    }

    public Constraints constraints() {
        return counts.constraints();
    }

    @Override
    public @Nullable Object read(@Nullable Object input, Problems problems) {
        if (!(input instanceof Map<?, ?> received)) {
            return problems.invalid(TYPE, input);
        }
        int before = problems.count();
        Map<@Nullable Object, @Nullable Object> entries = LinkedHashMap.newLinkedHashMap(received.size());
        received.forEach((name, member) -> {
            problems.enter(String.valueOf(name));
            problems.enter("[key]");
            Object readKey = key.read(name, problems);
            problems.leave();
            Object readValue = value.read(member, problems);
            problems.leave();
            entries.put(readKey, readValue);
        });
        if (problems.count() > before) {
            return INVALID;
        }
        Fault wrongCount = counts.tooFew(entries.size());
        if (wrongCount == null) {
            wrongCount = counts.tooMany(entries.size());
        }
        return checked(wrongCount == null ? Collections.unmodifiableMap(entries) : wrongCount, checks, input, problems);
    }

    @Override
    public Class<?> type() {
        return Map.class;
    }
}
