package io.asyncio4j.web.schema;

import io.asyncio4j.web.scalar.Fault;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A list, or a set, which has equal items once. Its values cannot be changed.
public final class ListShape extends Shape {
    private static final Fault LIST = new Fault("list_type", "Input should be a valid list");
    private static final Fault SET = new Fault("set_type", "Input should be a valid set");

    private final Class<?> type;
    private final Shape item;
    private final Rules rules;
    private final ItemCounts counts;
    private final Check[] checks;
    private final boolean unique;

    /// @param type [List], [Collection] or [Set]
    ListShape(Class<?> type, Shape item, Rules rules) {
        this.type = type;
        this.item = item;
        this.rules = rules;
        this.unique = type == Set.class;
        this.counts = new ItemCounts(unique ? "Set" : "List", rules);
        List<Check> all = new ArrayList<>();
        ValidatorCheck.addTo(all, type, rules.others);
        this.checks = all.toArray(NO_CHECKS);
    }

    public Shape item() {
        return item;
    }

    /// Returns whether it is a set.
    public boolean isUnique() {
        return unique;
    }

    Rules rules() {
        return rules;
    }

    public Constraints constraints() {
        return counts.constraints();
    }

    @Override
    public @Nullable Object read(@Nullable Object input, Problems problems) {
        if (!(input instanceof List<?> received)) {
            return problems.invalid(unique ? SET : LIST, input);
        }
        Fault tooMany = unique ? null : counts.tooMany(received.size());
        if (tooMany != null) {
            return problems.invalid(tooMany, input);
        }
        Collection<@Nullable Object> items = unique ? new LinkedHashSet<>() : new ArrayList<>(received.size());
        if (!readItems(received, items, problems)) {
            return INVALID;
        }
        Fault wrongCount = unique ? counts.tooMany(items.size()) : null;
        if (wrongCount == null) {
            wrongCount = counts.tooFew(items.size());
        }
        return checked(wrongCount == null ? fixed(items) : wrongCount, checks, input, problems);
    }

    /// Returns the constraint that a list breaks by itself; null if there is none.
    @Nullable
    Fault violation(Collection<?> items) {
        Fault tooMany = counts.tooMany(items.size());
        Fault wrongCount = tooMany == null ? counts.tooFew(items.size()) : tooMany;
        return wrongCount == null ? Check.first(checks, items) : wrongCount;
    }

    /// Returns whether all of them are fine.
    private boolean readItems(List<?> received, Collection<@Nullable Object> items, Problems problems) {
        boolean fine = true;
        int index = 0;
        for (Object one : received) {
            problems.enter(index++);
            Object value = item.read(one, problems);
            problems.leave();
            fine &= value != INVALID;
            items.add(value);
        }
        return fine;
    }

    private static Object fixed(Collection<@Nullable Object> items) {
        return items instanceof Set<@Nullable Object> set
                ? Collections.unmodifiableSet(set)
                : Collections.unmodifiableList((List<@Nullable Object>) items);
    }

    @Override
    public boolean isFile() {
        return item.isFile();
    }

    @Override
    public Class<?> type() {
        return type;
    }
}
