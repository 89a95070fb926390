import static io.asyncio4j.Asyncio.*;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.asyncio4j.Awaitable;
import io.asyncio4j.Coroutine;
import io.asyncio4j.Generator;
import io.asyncio4j.VoidCoroutine;
import java.util.ArrayList;
import java.util.List;

class AsyncioCoroutineIgnoredCases {
    final List<Coroutine<String>> coroutines = new ArrayList<>();

    Coroutine<String> fetcher(String what) {
        return () -> what;
    }

    VoidCoroutine saver() {
        return () -> IO.println("saved");
    }

    Awaitable<String> reply() {
        return () -> "reply";
    }

    Generator<Integer> numbers() {
        return new Generator<>(out -> out.yield(1));
    }

    @CanIgnoreReturnValue
    Coroutine<String> remembered(Coroutine<String> coroutine) {
        coroutines.add(coroutine);
        return coroutine;
    }

    void aCoroutineThatNobodyRuns() {
        // finds: Nobody awaits this Coroutine, so it never runs. Write await(...), or createTask(...) to go on
        // meanwhile.
        // fix: await(fetcher("a"));
        fetcher("a");
    }

    void aCoroutineWithoutResult() {
        // finds: Nobody awaits this VoidCoroutine, so it never runs. Write await(...), or createTask(...) to go on
        //   meanwhile.
        // fix: await(this.saver());
        this.saver();
    }

    void anAwaitable() {
        // finds: Nobody awaits this Awaitable, so it never runs. Write await(...), or createTask(...) to go on
        // meanwhile.
        // fix: await(reply());
        reply();
    }

    void inACoroutine() throws Exception {
        run(() -> {
            // finds: Nobody awaits this Coroutine, so it never runs. Write await(...), or createTask(...) to go on
            //   meanwhile.
            // fix: await(fetcher("a"));
            fetcher("a");
            IO.println("done");
        });
    }

    void inALambdaWithoutResult(List<String> urls) {
        // finds: Nobody awaits this Coroutine, so it never runs. Write await(...), or createTask(...) to go on
        // meanwhile.
        // fix: urls.forEach(url -> await(fetcher(url)));
        urls.forEach(url -> fetcher(url));
    }

    void aGeneratorThatNobodyAsks() {
        // finds: Nobody asks this Generator for values, so it never runs. Write for (var value : ...).
        numbers();
    }

    void aNewGeneratorThatNobodyAsks() {
        // finds: Nobody asks this Generator for values, so it never runs. Write for (var value : ...).
        new Generator<Integer>(out -> {
            out.yield(1);
        });
    }

    void whatIsAwaited() {
        await(fetcher("a"));
        await(saver());
        createTask(fetcher("b")).cancel();
        for (int number : numbers()) {
            IO.println(number);
        }
    }

    void whatIsKept() {
        Coroutine<String> later = fetcher("a");
        remembered(later);
        coroutines.add(later);
        coroutines.set(0, fetcher("b"));
        coroutines.remove(0);
    }

    Coroutine<String> whatIsReturned() {
        return fetcher("a");
    }

    /// Its methods return it so that calls can be chained.
    static class Request implements Awaitable<String> {
        Request header(String name) {
            return this;
        }

        @Override
        public String await() {
            return "response";
        }
    }

    void aTypeOfTheProgram(Request request) {
        request.header("a");
        new Request();
    }
}
