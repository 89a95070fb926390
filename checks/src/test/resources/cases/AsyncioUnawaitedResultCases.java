import static io.asyncio4j.Asyncio.*;
import static java.time.Duration.ofSeconds;

import io.asyncio4j.Awaitable;
import io.asyncio4j.Coroutine;
import io.asyncio4j.EventLoop;
import io.asyncio4j.Future;
import io.asyncio4j.Task;
import io.asyncio4j.TaskOptions;
import io.asyncio4j.VoidCoroutine;
import java.util.concurrent.CompletableFuture;

class AsyncioUnawaitedResultCases {
    String fetch(String what) {
        return what;
    }

    Coroutine<String> fetcher(String what) {
        return () -> fetch(what);
    }

    VoidCoroutine saver() {
        return () -> IO.println("saved");
    }

    Awaitable<String> reply() {
        return () -> "reply";
    }

    CompletableFuture<String> request() {
        return CompletableFuture.completedFuture("response");
    }

    void aTaskEndsWithACoroutine() {
        // finds: The result of this coroutine is a Coroutine, which nobody runs. Await it in there: await(...).
        // fix: var task = createTask(() -> await(fetcher("a")));
        var task = createTask(() -> fetcher("a"));
        await(task);
    }

    void aNamedTaskEndsWithACoroutineWithoutResult() {
        // finds: The result of this coroutine is a VoidCoroutine, which nobody runs. Await it in there: await(...).
        // fix: var task = createTask("saver", () -> await(saver()));
        var task = createTask("saver", () -> saver());
        await(task);
    }

    void aMethodReferenceGivesACoroutine() {
        // finds: The result of this coroutine is an Awaitable, which nobody runs. Await it in there: await(...).
        var task = createTask(TaskOptions.named("reply"), this::reply);
        await(task);
    }

    void aTaskOfAGroupEndsWithAStage() throws Exception {
        taskGroup(tg -> {
            // finds: The result of this coroutine is a CompletableFuture, which nobody waits for. Await it in there:
            //   await(...).
            // fix: tg.createTask(() -> await(request()));
            tg.createTask(() -> request());
        });
    }

    void aTaskOfALoopReturnsAVariable(EventLoop loop) {
        Coroutine<String> later = fetcher("a");
        // finds: The result of this coroutine is a Coroutine, which nobody runs. Await it in there: await(...).
        // fix: await(loop.createTask(() -> await(later)));
        await(loop.createTask(() -> later));
    }

    void aTaskOnlyStartsAnother() {
        // finds: The result of this coroutine is a new Task, which nobody awaits. Await it in there: await(...).
        // fix: var task = createTask(() -> await(createTask(() -> fetch("a"))));
        var task = createTask(() -> createTask(() -> fetch("a")));
        await(task);
    }

    void aGatherOfFactories() {
        // finds: The result of this coroutine is a Coroutine, which nobody runs. Await it in there: await(...).
        // fix: await(gather(() -> await(fetcher("a")), () -> fetch("b")));
        await(gather(() -> fetcher("a"), () -> fetch("b")));
    }

    void aTimeoutWithoutEffect() throws Exception {
        // finds: The result of this coroutine is a Coroutine, which nobody runs. Await it in there: await(...).
        // fix: timeout(ofSeconds(1), () -> await(fetcher("a")));
        timeout(ofSeconds(1), () -> fetcher("a"));
    }

    void aTimeoutOfAGatherInBraces() throws Exception {
        timeout(ofSeconds(1), () -> {
            // finds: The result of this coroutine is a new Future, which nobody awaits. Await it in there: await(...).
            // fix: return await(gather(() -> fetch("a")));
            return gather(() -> fetch("a"));
        });
    }

    void aRunOfAFactory() throws Exception {
        // finds: The result of this coroutine is a Coroutine, which nobody runs. Await it in there: await(...).
        // fix: run(() -> await(fetcher("a")));
        run(() -> fetcher("a"));
    }

    void aCallInAnotherThreadGivesAStage() throws Exception {
        // finds: The result of this call in another thread is a CompletableFuture, which nobody waits for. Await it in
        //   the task: await(toThread(...)).
        // fix: await(toThread(() -> request()));
        toThread(() -> request());
    }

    void anExecutorGivesACoroutine() {
        // finds: The result of this call in another thread is a Coroutine, which nobody runs. Await it in the task:
        //   await(await(runInExecutor(...))).
        // fix: await(await(runInExecutor(null, () -> fetcher("a"))));
        await(runInExecutor(null, () -> fetcher("a")));
    }

    void theCoroutineIsAwaited() {
        await(createTask(() -> await(fetcher("a"))));
        await(createTask(fetcher("a")));
        await(gather(fetcher("a"), fetcher("b")));
    }

    void theResultIsAwaitedOutside() throws Exception {
        String page = await(timeout(ofSeconds(1), () -> fetcher("a")));
        var later = toThread(() -> fetcher(page));
        await(later);
    }

    void theTypeSaysSo() throws Exception {
        Task<Coroutine<String>> task = createTask(() -> fetcher("a"));
        Coroutine<String> chosen = await(task);
        await(chosen);
        Task<Future<String>> outer = createTask(() -> shield(() -> fetch("a")));
        await(await(outer));
    }

    void theResultIsAwaitedAtOnce() {
        await(await(createTask(() -> fetcher("a"))));
        await(createTask(() -> fetcher("a")).await());
        createTask(() -> createTask(() -> fetch("a"))).await().await();
    }

    void aTaskOfAGroupIsAResult() throws Exception {
        taskGroup(tg -> {
            var outer = createTask(() -> tg.createTask(() -> fetch("a")));
            await(await(outer));
        });
    }

    void aVariableMayBeNothing() {
        await(createTask(() -> null));
        await(createTask(() -> "page"));
        await(createTask(() -> 42));
    }

    <T> Task<T> aWrapperOfAnyType(Coroutine<T> coroutine) {
        return createTask(() -> coroutine.await());
    }
}
