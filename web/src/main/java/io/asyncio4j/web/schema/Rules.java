package io.asyncio4j.web.schema;

import java.lang.annotation.Annotation;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The constraints that are declared for a type, as they are gathered when an application starts.
final class Rules {
    /// The bound of a number.
    ///
    /// @param message the program's own words; null if there are none
    record Bound(BigDecimal value, @Nullable String message) {}

    /// The bound of a size.
    record Size(int value, @Nullable String message) {}

    /// A regular expression.
    record Regex(java.util.regex.Pattern pattern, @Nullable String message) {}

    @Nullable
    Bound atLeast;

    @Nullable
    Bound above;

    @Nullable
    Bound atMost;

    @Nullable
    Bound below;

    @Nullable
    Size minSize;

    @Nullable
    Size maxSize;

    final List<Regex> patterns = new ArrayList<>();

    /// All others, such as `@NotBlank`.
    final List<Annotation> others = new ArrayList<>();

    Rules copy() {
        Rules copy = new Rules();
        copy.atLeast = atLeast;
        copy.above = above;
        copy.atMost = atMost;
        copy.below = below;
        copy.minSize = minSize;
        copy.maxSize = maxSize;
        copy.patterns.addAll(patterns);
        copy.others.addAll(others);
        return copy;
    }

    // Of two bounds, the stricter one counts.

    void atLeast(Bound bound) {
        atLeast = atLeast == null || bound.value.compareTo(atLeast.value) > 0 ? bound : atLeast;
    }

    void above(Bound bound) {
        above = above == null || bound.value.compareTo(above.value) > 0 ? bound : above;
    }

    void atMost(Bound bound) {
        atMost = atMost == null || bound.value.compareTo(atMost.value) < 0 ? bound : atMost;
    }

    void below(Bound bound) {
        below = below == null || bound.value.compareTo(below.value) < 0 ? bound : below;
    }

    void minSize(Size size) {
        if (size.value > 0) {
            minSize = minSize == null || size.value > minSize.value ? size : minSize;
        }
    }

    void maxSize(Size size) {
        if (size.value < Integer.MAX_VALUE) {
            maxSize = maxSize == null || size.value < maxSize.value ? size : maxSize;
        }
    }

    /// @throws DeclarationException if no value can satisfy all of them
    void requireSatisfiable() {
        if (minSize != null && maxSize != null && minSize.value > maxSize.value) {
            throw new DeclarationException("Its size must be at least " + minSize.value + " and at most "
                    + maxSize.value + ", which cannot be; swap or correct the bounds");
        }
        BigDecimal least = larger(atLeast, above);
        BigDecimal most = smaller(atMost, below);
        if (least == null || most == null) {
            return;
        }
        int order = least.compareTo(most);
        boolean open = (above != null && above.value.compareTo(least) == 0)
                || (below != null && below.value.compareTo(most) == 0);
        if (order > 0 || (order == 0 && open)) {
            throw new DeclarationException("It must be at least " + least.toPlainString() + " and at most "
                    + most.toPlainString() + (open ? ", exclusively" : "")
                    + ", which cannot be; swap or correct the bounds");
        }
    }

    private static @Nullable BigDecimal larger(@Nullable Bound a, @Nullable Bound b) {
        if (a == null || b == null) {
            return a == null ? value(b) : value(a);
        }
        return a.value.compareTo(b.value) > 0 ? a.value : b.value;
    }

    private static @Nullable BigDecimal smaller(@Nullable Bound a, @Nullable Bound b) {
        if (a == null || b == null) {
            return a == null ? value(b) : value(a);
        }
        return a.value.compareTo(b.value) < 0 ? a.value : b.value;
    }

    private static @Nullable BigDecimal value(@Nullable Bound bound) {
        return bound == null ? null : bound.value;
    }
}
