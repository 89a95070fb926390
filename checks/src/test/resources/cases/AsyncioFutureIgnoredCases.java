import static io.asyncio4j.Asyncio.*;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.asyncio4j.Asyncio;
import io.asyncio4j.Coroutine;
import io.asyncio4j.EventLoop;
import io.asyncio4j.Future;
import io.asyncio4j.Task;
import io.asyncio4j.TaskGroup;
import io.asyncio4j.VoidCoroutine;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

class AsyncioFutureIgnoredCases {
    final Map<String, Task<String>> tasks = new HashMap<>();

    String fetch() {
        return "page";
    }

    Task<String> start() {
        return createTask(() -> fetch());
    }

    @CanIgnoreReturnValue
    Task<String> startAndKeep() {
        tasks.put("a", createTask(() -> fetch()));
        return tasks.get("a");
    }

    Task<String> startIn(TaskGroup group) {
        return group.createTask(() -> fetch());
    }

    void aTaskThatNobodyKeeps() {
        // finds: Nobody keeps this Task: if it fails, that is only logged, and the end of the run cancels it. Keep it
        // and
        //   await it, or create it in a task group; write 'var _ =' before it if that is meant.
        createTask(() -> fetch());
    }

    void aTaskOfALoop(EventLoop loop) {
        // finds: Nobody keeps this Task: if it fails, that is only logged, and the end of the run cancels it. Keep it
        // and
        //   await it, or create it in a task group; write 'var _ =' before it if that is meant.
        loop.createTask(() -> fetch());
    }

    void aTaskOfAMethod() {
        // finds: Nobody keeps this Task: if it fails, that is only logged, and the end of the run cancels it. Keep it
        // and
        //   await it, or create it in a task group; write 'var _ =' before it if that is meant.
        start();
    }

    void tasksInALoop(List<String> urls) {
        // finds: Nobody keeps this Task: if it fails, that is only logged, and the end of the run cancels it. Keep it
        // and
        //   await it, or create it in a task group; write 'var _ =' before it if that is meant.
        urls.forEach(url -> createTask(() -> fetch()));
    }

    void tasksOfAMethodReference(List<VoidCoroutine> coroutines) {
        // finds: Nobody keeps this Task: if it fails, that is only logged, and the end of the run cancels it. Keep it
        // and
        //   await it, or create it in a task group; write 'var _ =' before it if that is meant.
        coroutines.forEach(Asyncio::createTask);
    }

    void aGatherThatNobodyAwaits() {
        // finds: Nobody awaits this gather: the code goes on at once, and a failure is only logged. Write
        //   await(gather(...)).
        // fix: await(gather(() -> fetch(), () -> fetch()));
        gather(() -> fetch(), () -> fetch());
    }

    void aShieldThatNobodyAwaits(Task<String> task) {
        // finds: Nobody awaits this shield: the code goes on at once, and a failure is only logged. Write
        //   await(shield(...)).
        // fix: await(shield(task));
        shield(task);
    }

    void aComputationThatNobodyAwaits() {
        // finds: Nobody awaits this runInExecutor: the code goes on at once, and a failure is only logged. Write
        //   await(runInExecutor(...)).
        // fix: await(runInExecutor(null, () -> fetch()));
        runInExecutor(null, () -> fetch());
    }

    void aFutureThatNobodyKeeps() {
        // finds: Nobody keeps this Future, so nobody can complete or await it. Assign it to a variable.
        createFuture();
    }

    void tasksOfAGroup(List<VoidCoroutine> coroutines) throws Exception {
        taskGroup(tg -> {
            tg.createTask(() -> fetch());
            tg.createTask("named", () -> fetch());
            coroutines.forEach(tg::createTask);
            startIn(tg);
        });
    }

    void whatIsUsed(Coroutine<String> coroutine) {
        var task = createTask(() -> fetch());
        await(task);
        await(gather(() -> fetch()));
        createTask(coroutine).addDoneCallback(done -> IO.println(done));
        start().cancel();
    }

    void aTestThatExpectsAFailure() {
        assertThatThrownBy(() -> runInExecutor(null, () -> fetch())).hasMessage("No loop runs");
    }

    void whatIsMeant() {
        var _ = createTask(() -> fetch());
        startAndKeep();
    }

    void whatIsOnlyMoved(List<Future<String>> futures) {
        tasks.put("b", start());
        tasks.remove("a");
        futures.set(0, futures.get(1));
    }

    Task<String> whatIsReturned() {
        return createTask(() -> fetch());
    }

    void aFieldThatIsSet() {
        kept = start();
    }

    Task<String> kept;
}
