package io.asyncio4j.testing.explore;

import io.asyncio4j.spi.ReadyOrder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/// Decides what comes next where there is a choice, in one run.
@FunctionalInterface
interface Strategy {
    Strategy FIFO = _ -> 0;

    /// What became ready last comes first.
    Strategy LIFO = candidates -> candidates.size() - 1;

    /// Returns the index of what comes next.
    ///
    /// @param candidates two or more
    int choose(List<ReadyOrder.Step> candidates);

    /// Returns the strategy of the schedule with the given index, from 0: FIFO, LIFO, then in turns
    /// one of three that find different bugs.
    static Strategy of(long baseSeed, int index) {
        if (index < 2) {
            return index == 0 ? FIFO : LIFO;
        }
        // The constant spreads neighbouring indices over all seeds. Random's algorithm is part of its contract.
        Random random = new Random(baseSeed ^ index * 0x9E3779B97F4A7C15L);
        return switch (index % 3) {
            case 0 -> priorities(random);
            case 1 -> departures(random);
            default -> candidates -> random.nextInt(candidates.size());
        };
    }

    /// FIFO but for a few departures: finds what goes wrong if a single step comes at an unusual
    /// time.
    private static Strategy departures(Random random) {
        int rarity = 2 + random.nextInt(15);
        return candidates -> random.nextInt(rarity) == 0 ? random.nextInt(candidates.size()) : 0;
    }

    /// Every task has a priority as long as it is not demoted, which happens now and then: finds
    /// what goes wrong if a task is always early, or held back again and again.
    private static Strategy priorities(Random random) {
        Map<@Nullable Object, Double> priorities = new HashMap<>();
        int rarity = 4 + random.nextInt(20);
        return candidates -> {
            int best = 0;
            double highest = Double.NEGATIVE_INFINITY;
            for (int i = 0; i < candidates.size(); i++) {
                double priority = priorities.computeIfAbsent(candidates.get(i).task(), _ -> random.nextDouble());
                if (priority > highest) {
                    highest = priority;
                    best = i;
                }
            }
            if (random.nextInt(rarity) == 0) {
                priorities.put(candidates.get(best).task(), -random.nextDouble());
            }
            return best;
        };
    }
}
