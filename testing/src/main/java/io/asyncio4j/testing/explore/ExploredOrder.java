package io.asyncio4j.testing.explore;

import io.asyncio4j.RunnerOptions;
import io.asyncio4j.spi.ReadyOrder;
import io.asyncio4j.testing.VirtualClock;
import java.util.ArrayList;
import java.util.List;

/// The order of one run of an [Exploration]: asks a [Strategy] wherever there is a choice, and
/// keeps a record of what came.
///
/// Confined to the thread that holds the loop, and to the one that runs the program.
public final class ExploredOrder implements ReadyOrder {
    /// A choice that was made.
    ///
    /// @param answer which candidate was taken; 0 in FIFO order
    /// @param candidates how many there were
    record Choice(int answer, int candidates) {
        boolean isDeparture() {
            return answer != 0;
        }
    }

    /// A step that came.
    ///
    /// @param step what it was
    /// @param overtaken what would have come before it in FIFO order
    /// @param nanos the virtual time
    record Event(Step step, List<Step> overtaken, long nanos) {}

    private final VirtualClock clock = new VirtualClock();
    private final Strategy strategy;
    private final int maxSteps;
    private final List<Choice> choices = new ArrayList<>();
    private final List<Event> events = new ArrayList<>();
    private int steps;
    private boolean exceeded;

    /// Whether nothing is asked or recorded any longer.
    private boolean over;

    ExploredOrder(Strategy strategy, int maxSteps) {
        this.strategy = strategy;
        this.maxSteps = maxSteps;
    }

    /// Returns `options` with this order and its virtual clock, for the run.
    public RunnerOptions applyTo(RunnerOptions options) {
        return options.clock(clock).readyOrder(this);
    }

    @Override
    public int next(List<Step> candidates) {
        if (++steps > maxSteps) {
            exceeded = true;
            end();
            return STOP;
        }
        if (over) {
            return 0;
        }
        int answer = candidates.size() == 1 ? 0 : choose(candidates);
        if (answer == STOP) {
            end();
            return STOP;
        }
        List<Step> overtaken = answer == 0 ? List.of() : List.copyOf(candidates.subList(0, answer));
        events.add(new Event(candidates.get(answer), overtaken, clock.nanoTime()));
        return answer;
    }

    private int choose(List<Step> candidates) {
        int answer = strategy.choose(candidates);
        if (answer != STOP) {
            choices.add(new Choice(answer, candidates.size()));
        }
        return answer;
    }

    /// The program is over, and its loop need only be closed: what comes now is in FIFO order, is
    /// not recorded, and may take as many steps again.
    public void end() {
        over = true;
        steps = 0;
    }

    /// Whether the run was stopped because it took too many steps.
    boolean isExceeded() {
        return exceeded;
    }

    List<Choice> choices() {
        return choices;
    }

    List<Event> events() {
        return events;
    }
}
