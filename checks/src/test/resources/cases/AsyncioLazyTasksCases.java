import static io.asyncio4j.Asyncio.*;
import static java.time.Duration.ofSeconds;

import io.asyncio4j.Asyncio;
import io.asyncio4j.Task;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

class AsyncioLazyTasksCases {
    String fetch(String u) {
        return u;
    }

    Task<String> start(String u) {
        return createTask(() -> fetch(u));
    }

    List<String> mappedTwice(List<String> urls) {
        return urls.stream()
                .map(u -> createTask(() -> fetch(u)))
                // finds: This stream creates a task only after it has awaited the one before, so they run one
                //   after another. Collect the tasks first, with .toList(), and await them then; or use
                //   gather(...) or a task group.
                // fix: .map(u -> createTask(() -> fetch(u))).toList().stream()
                .map(t -> await(t))
                .toList();
    }

    List<String> methodReferences(List<String> urls) {
        // finds: This stream creates a task only after it has awaited the one before, so they run one after another.
        //   Collect the tasks first, with .toList(), and await them then; or use gather(...) or a task group.
        // fix: return urls.stream().map(this::start).toList().stream().map(Task::await).toList();
        return urls.stream().map(this::start).map(Task::await).toList();
    }

    void awaitedAtTheEnd(List<String> urls) {
        // finds: This stream creates a task only after it has awaited the one before, so they run one after another.
        //   Collect the tasks first, with .toList(), and await them then; or use gather(...) or a task group.
        // fix: urls.stream().map(u -> start(u)).toList().stream().forEach(t -> IO.println(await(t)));
        urls.stream().map(u -> start(u)).forEach(t -> IO.println(await(t)));
    }

    int[] stagesBetween(List<String> urls) {
        return urls.stream()
                .map(this::start)
                .filter(t -> true)
                // finds: This stream creates a task only after it has awaited the one before, so they run one
                //   after another. Collect the tasks first, with .toList(), and await them then; or use
                //   gather(...) or a task group.
                // fix: .filter(t -> true).toList().stream()
                .mapToInt(t -> t.await().length())
                .toArray();
    }

    List<String> aTimeoutForEach(List<String> urls) {
        // finds: This stream creates a task only after it has awaited the one before, so they run one after another.
        //   Collect the tasks first, with .toList(), and await them then; or use gather(...) or a task group.
        // fix: return urls.stream().map(this::start).toList().stream().map(t -> waitFor(t, ofSeconds(1))).toList();
        return urls.stream().map(this::start).map(t -> waitFor(t, ofSeconds(1))).toList();
    }

    List<String> tasksOfAGroup(List<String> urls) throws Exception {
        return taskGroup(tg -> {
            return urls.stream()
                    .map(u -> tg.createTask(() -> fetch(u)))
                    // finds: This stream creates a task only after it has awaited the one before, so they run one
                    //   after another. Collect the tasks first, with .toList(), and await them then; or use
                    //   gather(...) or a task group.
                    // fix: .map(u -> tg.createTask(() -> fetch(u))).toList().stream()
                    .map(Task::await)
                    .toList();
        });
    }

    List<String> numbers() {
        return IntStream.range(0, 9)
                .mapToObj(i -> start("a"))
                // finds: This stream creates a task only after it has awaited the one before, so they run one
                //   after another. Collect the tasks first, with .toList(), and await them then; or use
                //   gather(...) or a task group.
                // fix: .mapToObj(i -> start("a")).toList().stream()
                .map(t -> t.await() + "!")
                .toList();
    }

    List<String> anEndlessStreamHasNoFix() {
        return Stream.generate(() -> "a")
                .map(this::start)
                // finds: This stream creates a task only after it has awaited the one before, so they run one
                //   after another. Collect the tasks first, with .toList(), and await them then; or use
                //   gather(...) or a task group.
                .map(Task::await)
                .limit(10)
                .toList();
    }

    List<String> collectedFirst(List<String> urls) {
        List<Task<String>> tasks = urls.stream().map(this::start).toList();
        return tasks.stream().map(t -> await(t)).toList();
    }

    List<String> collectedInBetween(List<String> urls) {
        return urls.stream().map(this::start).toList().stream().map(Task::await).toList();
    }

    List<String> sortedInBetween(List<String> urls) {
        return urls.stream()
                .map(this::start)
                .sorted((a, b) -> 0)
                .map(Task::await)
                .toList();
    }

    List<String> gathered(List<String> urls) {
        return await(gather(urls.stream().map(this::start).toList()));
    }

    List<String> anotherTaskIsAwaited(List<String> urls, Task<String> first) {
        return urls.stream().map(this::start).map(task -> await(first)).toList();
    }

    List<String> noTaskIsCreated(List<String> urls) {
        return urls.stream().map(u -> fetch(u)).map(page -> page + "!").toList();
    }

    List<String> oneAfterAnotherOnPurpose(List<String> urls) {
        return urls.stream().map(u -> await(start(u))).toList();
    }

    List<String> tasksFromAMap(List<String> urls, java.util.Map<String, Task<String>> started) {
        return urls.stream()
                .map(u -> started.get(u))
                .map(task -> Asyncio.await(task))
                .toList();
    }
}
