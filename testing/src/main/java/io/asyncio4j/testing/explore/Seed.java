package io.asyncio4j.testing.explore;

import io.asyncio4j.spi.ReadyOrder;
import io.asyncio4j.testing.explore.ExploredOrder.Choice;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// An interleaving as a short text, by which it can be run again.
///
/// `3:1/2,7:2/3#12-a3f1` departs from FIFO order at two of 12 choices: at choice 3 (from 0)
/// candidate 1 (from 0) of 2 comes, at choice 7 candidate 2 of 3. The last part is a checksum of
/// how many candidates each choice has. Where that would be long, `random:1/37#12-a3f1` is what
/// base seed 1 makes of schedule 37 (from 0). If the run failed for taking more than 500 steps,
/// `@500` follows.
public final class Seed {
    private static final Pattern TEXT = Pattern.compile("(.*)#(\\d{1,9})-([0-9a-f]{4})(?:@([1-9]\\d{0,8}))?");
    private static final Pattern RANDOM = Pattern.compile("random:(-?\\d{1,19})/(\\d{1,9})");
    private static final Pattern DEPARTURE = Pattern.compile("(\\d{1,9}):(\\d{1,9})/(\\d{1,9})");
    private static final String FIFO = "fifo";

    /// Beyond this many characters a text is no longer something to copy.
    private static final int MAX_LENGTH = 300;

    private final String decisions;
    private final int choices;
    private final String checksum;
    private final int maxSteps;

    private Seed(String decisions, int choices, String checksum, int maxSteps) {
        this.decisions = decisions;
        this.choices = choices;
        this.checksum = checksum;
        this.maxSteps = maxSteps;
    }

    /// Returns the seed of a run that has made these choices.
    ///
    /// @param maxSteps the steps it was allowed, if it took more; otherwise 0
    static Seed of(List<Choice> made, int maxSteps) {
        String departures = departures(made).entrySet().stream()
                .map(entry -> entry.getKey() + ":" + entry.getValue().answer() + "/"
                        + entry.getValue().candidates())
                .collect(Collectors.joining(","));
        return new Seed(departures.isEmpty() ? FIFO : departures, made.size(), checksum(made), maxSteps);
    }

    /// Returns the same with a reference to the schedule that made these choices.
    Seed ofSchedule(long baseSeed, int index) {
        return new Seed("random:" + baseSeed + "/" + index, choices, checksum, maxSteps);
    }

    /// Whether the text is nothing to copy.
    boolean isLong() {
        return decisions.length() > MAX_LENGTH;
    }

    /// Returns the steps that the run is allowed, or 0 for as many as usual.
    int maxSteps() {
        return maxSteps;
    }

    /// Returns the choices that depart from FIFO, by their index.
    static Map<Integer, Choice> departures(List<Choice> made) {
        Map<Integer, Choice> departures = new TreeMap<>();
        for (int i = 0; i < made.size(); i++) {
            if (made.get(i).isDeparture()) {
                departures.put(i, made.get(i));
            }
        }
        return departures;
    }

    /// Reads what [#toString] has written.
    ///
    /// @throws IllegalArgumentException if it is something else
    public static Seed parse(String text) {
        Matcher matcher = TEXT.matcher(Objects.requireNonNull(text, "seed"));
        if (!matcher.matches()) {
            throw malformed(text);
        }
        int maxSteps = matcher.group(4) == null ? 0 : Integer.parseInt(matcher.group(4));
        Seed seed = new Seed(matcher.group(1), Integer.parseInt(matcher.group(2)), matcher.group(3), maxSteps);
        try {
            seed.replay();
        } catch (IllegalArgumentException e) {
            throw malformed(text);
        }
        return seed;
    }

    private static IllegalArgumentException malformed(String text) {
        return new IllegalArgumentException(
                "Not a schedule: '" + text + "'; give the text that a failed exploration has printed");
    }

    /// Returns how to make the same choices once more.
    Replay replay() {
        Matcher random = RANDOM.matcher(decisions);
        if (random.matches()) {
            return new Replay(
                    Strategy.of(Long.parseLong(random.group(1)), Integer.parseInt(random.group(2))), Map.of());
        }
        Map<Integer, Choice> departures = new TreeMap<>();
        for (String departure : decisions.equals(FIFO) ? new String[0] : decisions.split(",", -1)) {
            Matcher matcher = DEPARTURE.matcher(departure);
            if (!matcher.matches()) {
                throw malformed(toString());
            }
            int answer = Integer.parseInt(matcher.group(2));
            int candidates = Integer.parseInt(matcher.group(3));
            if (answer >= candidates) {
                throw malformed(toString());
            }
            departures.put(Integer.parseInt(matcher.group(1)), new Choice(answer, candidates));
        }
        return new Replay(Strategy.FIFO, departures);
    }

    /// The strategy of a run that repeats another.
    final class Replay implements Strategy {
        private final Strategy rest;
        private final Map<Integer, Choice> departures;
        private int asked;
        private @Nullable String misfit;

        private Replay(Strategy rest, Map<Integer, Choice> departures) {
            this.rest = rest;
            this.departures = departures;
        }

        @Override
        public int choose(List<ReadyOrder.Step> candidates) {
            int index = asked++;
            Choice recorded = departures.get(index);
            if (recorded == null) {
                return rest.choose(candidates);
            }
            if (recorded.candidates() != candidates.size()) {
                misfit = "at choice " + index + " it had " + recorded.candidates() + " candidates, and now has "
                        + candidates.size();
                return ReadyOrder.STOP;
            }
            return recorded.answer();
        }

        /// Returns in what the run differed from the one to be repeated, or null if it did not.
        @Nullable
        String misfit(List<Choice> made) {
            if (misfit != null) {
                return misfit;
            }
            if (made.size() != choices) {
                return "it had " + choices + " choices, and now has " + made.size();
            }
            return checksum.equals(checksum(made)) ? null : "its choices are others now, though as many";
        }
    }

    private static String checksum(List<Choice> made) {
        int sum = 1;
        for (Choice choice : made) {
            sum = 31 * sum + choice.candidates();
        }
        return "%04x".formatted((sum ^ sum >>> 16) & 0xFFFF);
    }

    /// Returns the text.
    @Override
    public String toString() {
        return decisions + "#" + choices + "-" + checksum + (maxSteps == 0 ? "" : "@" + maxSteps);
    }
}
