package io.asyncio4j.testing.explore;

import io.asyncio4j.spi.ReadyOrder.Step;
import io.asyncio4j.testing.explore.ExploredOrder.Event;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// The steps of a run as lines for people: those of tasks and callbacks, and whatever came out of
/// turn.
final class StepList {
    private static final int MAX_LINES = 100;

    /// How many lines before and after a departure, and at both ends, are shown of a long run.
    private static final int MARGIN = 5;

    private static final int MAX_OVERTAKEN = 3;

    private final List<Line> lines = new ArrayList<>();

    private record Line(String text, int times, boolean important) {
        @Override
        public String toString() {
            return times == 1 ? text : text + " (" + times + " times)";
        }
    }

    StepList(List<Event> events) {
        long nanos = -1;
        for (Event event : events) {
            boolean departs = !event.overtaken().isEmpty();
            if (!departs && !event.step().isOfProgram()) {
                continue;
            }
            if (event.nanos() != nanos) {
                nanos = event.nanos();
                lines.add(new Line("  at " + Duration.ofNanos(nanos), 1, false));
            }
            add(
                    departs ? "  > " + event.step() + " before " + names(event.overtaken()) : "    " + event.step(),
                    departs);
        }
    }

    private void add(String text, boolean departs) {
        Line last = lines.getLast();
        if (!departs && last.text.equals(text)) {
            lines.set(lines.size() - 1, new Line(text, last.times + 1, false));
        } else {
            lines.add(new Line(text, 1, departs));
        }
    }

    private static String names(List<Step> steps) {
        String names = steps.stream().limit(MAX_OVERTAKEN).map(Step::toString).collect(Collectors.joining(", "));
        int more = steps.size() - MAX_OVERTAKEN;
        return more > 0 ? names + " and " + more + " more" : names;
    }

    /// Returns the lines; of a long run, those near a departure and at both ends.
    List<String> lines() {
        List<String> shown = new ArrayList<>();
        int left = 0;
        for (int i = 0; i < lines.size(); i++) {
            if (lines.size() > MAX_LINES && !isNear(i)) {
                left++;
                continue;
            }
            if (left > 0) {
                shown.add("    ... " + left + " more ...");
                left = 0;
            }
            shown.add(lines.get(i).toString());
        }
        return shown;
    }

    private boolean isNear(int index) {
        int from = Math.max(0, index - MARGIN);
        int to = Math.min(lines.size(), index + MARGIN + 1);
        return from == 0
                || to == lines.size()
                || lines.subList(from, to).stream().anyMatch(Line::important);
    }
}
