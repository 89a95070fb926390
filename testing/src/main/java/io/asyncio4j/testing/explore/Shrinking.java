package io.asyncio4j.testing.explore;

import io.asyncio4j.testing.explore.Exploration.Attempt;
import io.asyncio4j.testing.explore.ExploredOrder.Choice;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Looks for an interleaving with fewer departures from FIFO order in which a program fails in the
/// same way.
///
/// Leaves out ever smaller parts of the departures, as delta debugging does, then makes those that
/// are left as small as they can be.
final class Shrinking {
    private static final int MAX_RUNS = 500;

    private final Exploration exploration;
    private final Attempt found;

    /// The best so far.
    private Attempt best;

    private int runs;

    Shrinking(Exploration exploration, Attempt found) {
        this.exploration = exploration;
        this.found = found;
        this.best = found;
    }

    /// Returns the shortest that was found.
    Attempt shortest() {
        long before;
        do {
            before = weight(best);
            leaveOutParts();
            departures(best).keySet().forEach(this::makeSmall);
        } while (weight(best) < before);
        return best;
    }

    private void leaveOutParts() {
        int parts = 2;
        for (int size; (size = departures(best).size()) > 0; ) {
            if (leaveOutOneOf(Math.min(parts, size))) {
                parts = 2;
            } else if (parts >= size) {
                return;
            } else {
                parts *= 2;
            }
        }
    }

    /// Returns how often the program was run.
    int runs() {
        return runs;
    }

    private static Map<Integer, Choice> departures(Attempt attempt) {
        return Seed.departures(attempt.choices());
    }

    /// Cuts the departures into `parts` and leaves one out, the last if possible.
    private boolean leaveOutOneOf(int parts) {
        List<Integer> indices = new ArrayList<>(departures(best).keySet());
        for (int part = parts - 1; part >= 0; part--) {
            int from = part * indices.size() / parts;
            int to = (part + 1) * indices.size() / parts;
            Map<Integer, Integer> fewer = answers();
            fewer.keySet().removeAll(indices.subList(from, to));
            if (improves(fewer)) {
                return true;
            }
        }
        return false;
    }

    private void makeSmall(int index) {
        Choice choice = departures(best).get(index);
        for (int answer = 1; choice != null && answer < choice.answer(); answer++) {
            Map<Integer, Integer> smaller = answers();
            smaller.put(index, answer);
            if (improves(smaller)) {
                return;
            }
        }
    }

    private Map<Integer, Integer> answers() {
        Map<Integer, Integer> answers = new TreeMap<>();
        departures(best).forEach((index, choice) -> answers.put(index, choice.answer()));
        return answers;
    }

    /// Runs the program with the given departures, as far as it has them, and keeps the attempt if
    /// it is better than the best.
    private boolean improves(Map<Integer, Integer> answers) {
        if (runs == MAX_RUNS) {
            return false;
        }
        runs++;
        int[] asked = {0};
        Attempt attempt = exploration.attempt(candidates -> {
            int answer = answers.getOrDefault(asked[0]++, 0);
            return answer < candidates.size() ? answer : 0;
        });
        if (!attempt.failedAs(found) || weight(attempt) >= weight(best)) {
            return false;
        }
        best = attempt;
        return true;
    }

    /// Fewer departures are better, then smaller ones.
    private static long weight(Attempt attempt) {
        long weight = 0;
        for (Choice departure : departures(attempt).values()) {
            weight += (1L << 32) + departure.answer();
        }
        return weight;
    }
}
