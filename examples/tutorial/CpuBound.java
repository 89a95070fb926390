// Computing never waits, so tasks cannot share it out: n jobs on the loop take n times as long as
// one. An executor computes as many at a time as there are processors.

import static io.asyncio4j.Asyncio.*;

import io.asyncio4j.Future;

long countPrimes(int limit) {
    return IntStream.range(2, limit)
            .filter(n -> IntStream.rangeClosed(2, (int) Math.sqrt(n)).allMatch(d -> n % d != 0))
            .count();
}

void print(String what, long start) {
    IO.println("%s: %.2f s".formatted(what, (runningLoop().time() - start) / 1e9));
}

void main(String... args) {
    int n = args.length > 0 ? Integer.parseInt(args[0]) : 8;
    run(() -> {
        countPrimes(500_000); // let the JVM compile it

        long start = runningLoop().time();
        taskGroup(tg -> {
            for (int i = 0; i < n; i++) {
                tg.createTask(() -> countPrimes(500_000));
            }
        });
        print(n + " jobs on the loop", start);

        start = runningLoop().time();
        var jobs = new ArrayList<Future<Long>>();
        for (int i = 0; i < n; i++) {
            jobs.add(runInExecutor(() -> countPrimes(500_000)));
        }
        for (var job : jobs) {
            await(job);
        }
        print(n + " jobs in an executor", start);
    });
}
