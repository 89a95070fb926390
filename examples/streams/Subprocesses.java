import static io.asyncio4j.Asyncio.*;

import io.asyncio4j.streams.*;

/// Three programs at once: each takes a second, all three together do, too.
void main() {
    run(() -> {
        long start = System.nanoTime();
        taskGroup(group -> {
            for (String name : new String[] {"red", "green", "blue"}) {
                group.createTask(name, () -> work(name));
            }
        });
        IO.println("all after " + (System.nanoTime() - start) / 1_000_000_000 + " s");
    });
}

void work(String name) throws Exception {
    var out = SubprocessOptions.defaults().stdout(Redirect.PIPE);
    try (Subprocess process = Subprocess.shell(out, "for i in 1 2; do sleep 0.5; echo " + name + " $i; done")) {
        for (String line : process.stdout().lines()) {
            IO.println(line);
        }
        IO.println(name + " ended with " + process.waitFor());
    }
}
