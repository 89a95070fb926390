import static io.asyncio4j.Asyncio.*;

import io.asyncio4j.EventLoop;
import io.asyncio4j.Future;
import io.asyncio4j.Runner;
import io.asyncio4j.Task;
import io.asyncio4j.testing.VirtualTime;
import java.util.ArrayList;
import java.util.List;

class AsyncioTaskAsMainResultCases {
    String fetch() {
        return "page";
    }

    Task<String> start() {
        return createTask(() -> fetch());
    }

    void aNewTaskIsTheResult() {
        // finds: The main coroutine gives back a Task that nobody awaits, and the end of the run cancels it.
        //   Await it there: await(...).
        // fix: run(() -> await(createTask(() -> fetch())));
        run(() -> createTask(() -> fetch()));
    }

    void aNewTaskIsReturned() throws Exception {
        run(() -> {
            IO.println("starting");
            // finds: The main coroutine gives back a Task that nobody awaits, and the end of the run cancels it.
            //   Await it there: await(...).
            // fix: return await(createTask(() -> fetch()));
            return createTask(() -> fetch());
        });
    }

    void aGatherIsTheResult() {
        // finds: The main coroutine gives back a Future that nobody awaits, and the end of the run cancels it.
        //   Await it there: await(...).
        // fix: run(() -> await(gather(() -> fetch(), () -> fetch())));
        run(() -> gather(() -> fetch(), () -> fetch()));
    }

    void aMethodStartsATask() {
        // finds: The main coroutine gives back a Task that nobody awaits, and the end of the run cancels it.
        //   Await it there: await(...).
        // fix: run(() -> await(start()));
        run(() -> start());
    }

    void aMethodReferenceStartsATask() {
        // finds: The main coroutine gives back a Task that nobody awaits, and the end of the run cancels it.
        //   Await it there: await(...).
        run(this::start);
    }

    void aRunnerRunsIt() {
        try (Runner runner = new Runner()) {
            // finds: The main coroutine gives back a Task that nobody awaits, and it stands still when the run ends.
            //   Await it there: await(...).
            // fix: runner.run(() -> await(createTask(() -> fetch())));
            runner.run(() -> createTask(() -> fetch()));
        }
    }

    void aLoopRunsIt(EventLoop loop) {
        // finds: The main coroutine gives back a Task that nobody awaits, and it stands still when the run ends.
        //   Await it there: await(...).
        // fix: loop.runUntilComplete(() -> await(createTask(() -> fetch())));
        loop.runUntilComplete(() -> createTask(() -> fetch()));
    }

    void itRunsInVirtualTime() {
        // finds: The main coroutine gives back a Future that nobody awaits, and the end of the run cancels it.
        //   Await it there: await(...).
        // fix: VirtualTime.run(() -> await(shield(() -> fetch())));
        VirtualTime.run(() -> shield(() -> fetch()));
    }

    static class OwnAwait {
        void await(Object anything) {}

        void theFixIsNotMisled() {
            // finds: The main coroutine gives back a Task that nobody awaits, and the end of the run cancels it.
            //   Await it there: await(...).
            // fix: run(() -> Asyncio.await(createTask(() -> 1)));
            run(() -> createTask(() -> 1));
        }
    }

    void aRunnerRunsAgain() {
        try (Runner runner = new Runner()) {
            Task<String> left = runner.run(() -> createTask(() -> fetch()));
            String page = runner.run(() -> left.await());
            IO.println(page);
        }
    }

    void theTaskIsAwaited() throws Exception {
        run(() -> await(createTask(() -> fetch())));
        run(() -> start().await());
        Task<String> task = run(() -> {
            Task<String> started = createTask(() -> fetch());
            await(started);
            return started;
        });
        IO.println(task.result());
    }

    void theTasksOfAGroupAreDone() throws Exception {
        Task<String> task = run(() -> taskGroup(tg -> {
            return tg.createTask(() -> fetch());
        }));
        IO.println(task.result());
    }

    void aListOfTheProgramHasIt() throws Exception {
        List<Future<String>> done = new ArrayList<>();
        run(() -> done.get(0));
    }

    void aLoopRunsUntilATaskIsDone(EventLoop loop) throws Exception {
        loop.runUntilComplete(loop.createTask(() -> fetch()));
    }

    static class OwnRun {
        void run(java.util.concurrent.Callable<?> body) {}

        void anotherRunIsMeant() {
            run(() -> createTask(() -> "page"));
        }
    }
}
