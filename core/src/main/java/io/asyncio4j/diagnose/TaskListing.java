package io.asyncio4j.diagnose;

import io.asyncio4j.TaskSnapshot;
import io.asyncio4j.kernel.Fiber;
import io.asyncio4j.kernel.Loop;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The tasks of a loop as they stand, without their stacks: read on the loop, or by another thread
/// while it stands still.
///
/// Made by one thread, then read by another.
public final class TaskListing {
    /// In the order of creation.
    private final List<TaskSnapshot> tasks = new ArrayList<>();

    /// The same tasks, for whoever wants their stacks.
    private final List<Fiber<?>> sources = new ArrayList<>();

    /// How many more there are.
    private int omitted;

    /// The ids of tasks each of which waits for the next, and the last for the first.
    private final List<List<Long>> circles = new ArrayList<>();

    /// Why something is missing or may be wrong; null if nothing is.
    private @Nullable String trouble;

    private TaskListing() {}

    /// Lists the tasks of `loop`. Never throws, since the loop might not survive it: what is
    /// awaited is described by code of other modules, and another thread may see what is half
    /// written.
    ///
    /// @param most how many tasks to tell of: first the one that runs and those in circles, then
    ///     the oldest
    public static TaskListing of(Loop loop, int most) {
        TaskListing listing = new TaskListing();
        try {
            listing.read(loop, most);
        } catch (Throwable unable) {
            listing.failed("the tasks", unable);
        }
        return listing;
    }

    public List<TaskSnapshot> tasks() {
        return tasks;
    }

    public List<Fiber<?>> sources() {
        return sources;
    }

    public int omitted() {
        return omitted;
    }

    public List<List<Long>> circles() {
        return circles;
    }

    @Nullable
    public String trouble() {
        return trouble;
    }

    private void read(Loop loop, int most) {
        List<Fiber<?>> all = loop.tasks.list();
        omitted = all.size();
        AwaitGraph graph;
        List<List<Fiber<?>>> found = List.of();
        try {
            graph = new AwaitGraph(all);
            found = graph.circles();
        } catch (RuntimeException | StackOverflowError unable) {
            failed("which task waits for which", unable);
            graph = new AwaitGraph(List.of());
        }
        for (List<Fiber<?>> circle : found) {
            circles.add(circle.stream().map(task -> task.id).toList());
        }
        for (Fiber<?> task : choose(all, loop.owner.current(), found, most)) {
            add(task, graph);
        }
    }

    private static List<Fiber<?>> choose(
            List<Fiber<?>> all, @Nullable Fiber<?> running, List<List<Fiber<?>>> circles, int most) {
        if (all.size() <= most) {
            return all;
        }
        Set<Fiber<?>> chosen = new LinkedHashSet<>();
        if (running != null) {
            chosen.add(running);
        }
        circles.forEach(chosen::addAll);
        for (int i = 0; chosen.size() < most; i++) {
            chosen.add(all.get(i));
        }
        return chosen.stream()
                .limit(most)
                .sorted(Comparator.comparingLong(task -> task.id))
                .toList();
    }

    private void add(Fiber<?> task, AwaitGraph graph) {
        try {
            tasks.add(graph.snapshot(task, false));
            sources.add(task);
            omitted--;
        } catch (RuntimeException | StackOverflowError unable) {
            failed(task.describe(), unable);
        }
    }

    private void failed(String what, Throwable thrown) {
        note(what + " could not be read: " + thrown);
    }

    /// Adds to the trouble; the first is told.
    public void note(String problem) {
        if (trouble == null) {
            trouble = problem;
        }
    }
}
