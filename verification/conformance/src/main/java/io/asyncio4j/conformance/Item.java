package io.asyncio4j.conformance;

import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An item of a queue: an integer, or integers that are compared one after the other, as in a
/// Python tuple.
record Item(List<Integer> numbers, boolean tuple) implements Comparable<Item> {
    private static final Comparator<List<Integer>> LEXICOGRAPHIC = Item::compare;

    static Item of(@Nullable Object value) {
        if (value instanceof List<?> list) {
            return new Item(list.stream().map(Integer.class::cast).toList(), true);
        }
        return new Item(List.of((Integer) value), false);
    }

    Object value() {
        return tuple ? numbers : numbers.getFirst();
    }

    private static int compare(List<Integer> left, List<Integer> right) {
        for (int i = 0; i < Math.min(left.size(), right.size()); i++) {
            int order = left.get(i).compareTo(right.get(i));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(left.size(), right.size());
    }

    @Override
    public int compareTo(Item other) {
        return LEXICOGRAPHIC.compare(numbers, other.numbers);
    }
}
