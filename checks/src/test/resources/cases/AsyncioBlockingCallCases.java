import static io.asyncio4j.Asyncio.*;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;

import io.asyncio4j.Context;
import io.asyncio4j.Coroutine;
import io.asyncio4j.EventLoop;
import io.asyncio4j.Generator;
import io.asyncio4j.VoidCoroutine;
import io.asyncio4j.streams.Streams;
import io.asyncio4j.testing.AsyncTest;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.StringReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.util.Scanner;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

class AsyncioBlockingCallCases {
    // ------------------------------------------------------------------ sleep

    void sleepInATask() {
        createTask(() -> {
            // finds: Thread.sleep blocks the loop's thread, so that no other task runs meanwhile. Write
            //   Asyncio.sleep(duration).
            // fix: sleep(Duration.ofMillis(1000));
            Thread.sleep(1000);
        });
    }

    void sleepOfADuration() throws Exception {
        run(() -> {
            // finds: Thread.sleep blocks the loop's thread, so that no other task runs meanwhile. Write
            //   Asyncio.sleep(duration).
            // fix: sleep(ofSeconds(1));
            Thread.sleep(ofSeconds(1));
        });
    }

    void sleepOfATimeUnit(Coroutine<String> other) throws Exception {
        taskGroup(tg -> {
            // finds: TimeUnit.sleep blocks the loop's thread, so that no other task runs meanwhile. Write
            //   Asyncio.sleep(duration).
            TimeUnit.SECONDS.sleep(1);
        });
    }

    void whoCatchesTheInterruptGetsNoFix() {
        createTask(() -> {
            try {
                // finds: Thread.sleep blocks the loop's thread, so that no other task runs meanwhile. Write
                //   Asyncio.sleep(duration).
                Thread.sleep(1000);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    void whoCatchesItOutsideGetsNoFix() throws Exception {
        try {
            run(() -> {
                // finds: Thread.sleep blocks the loop's thread, so that no other task runs meanwhile. Write
                //   Asyncio.sleep(duration).
                Thread.sleep(1000);
                Streams.openConnection("example.com", 80).close();
            });
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    static class Ticker extends Thread {
        @Override
        public void run() {
            createTask(() -> {
                // finds: In a subclass of Thread, sleep is Thread.sleep, which blocks the loop's thread when a task
                // calls
                //   it. Write Asyncio.sleep(duration), or Thread.sleep(duration) if that is meant.
                // fix: Asyncio.sleep(ofMillis(300));
                sleep(ofMillis(300));
            });
        }

        void tick() throws Exception {
            // finds: In a subclass of Thread, sleep is Thread.sleep, which blocks the loop's thread when a task calls
            // it.
            //   Write Asyncio.sleep(duration), or Thread.sleep(duration) if that is meant.
            // fix: Asyncio.sleep(ofMillis(300));
            sleep(ofMillis(300));
        }

        void pause() throws Exception {
            Thread.sleep(ofMillis(300));
            sleep(300);
        }
    }

    // ------------------------------------------------------------------ futures, threads, queues

    void getOfAFuture(Future<String> answer) {
        createTask("asker", () -> {
            // finds: Future.get blocks the loop's thread, so that no other task runs meanwhile. Write
            //   toThread(() -> answer.get()).
            return answer.get();
        });
    }

    void joinOfACompletableFuture(CompletableFuture<String> answer) throws Exception {
        // finds: CompletableFuture.join blocks the loop's thread, so that no other task runs meanwhile. Write
        //   await(answer).
        timeout(ofSeconds(1), () -> answer.join());
    }

    void joinOfAThread(Thread thread) {
        createTask(() -> {
            // finds: Thread.join blocks the loop's thread, so that no other task runs meanwhile. Write
            //   toThread(() -> thread.join()).
            thread.join();
        });
    }

    void aMethodReferenceBlocks(CountDownLatch latch, Process process) {
        // finds: Process.waitFor blocks the loop's thread, so that no other task runs meanwhile. Write
        //   await(process.onExit()), or use Subprocess of io.asyncio4j.streams.
        Coroutine<Integer> ended = process::waitFor;
        // finds: CountDownLatch.await blocks the loop's thread, so that no other task runs meanwhile. Between tasks use
        //   the types of io.asyncio4j.sync; if another thread is to end the wait, write
        //   () -> toThread(() -> latch.await()).
        VoidCoroutine opened = latch::await;
        VoidCoroutine counted = latch::countDown;
    }

    void awaitOfALatch(CountDownLatch latch) {
        createTask(() -> {
            // finds: CountDownLatch.await blocks the loop's thread, so that no other task runs meanwhile. Between tasks
            //   use the types of io.asyncio4j.sync; if another thread is to end the wait, write
            //   toThread(() -> latch.await(1, TimeUnit.SECONDS)).
            latch.await(1, TimeUnit.SECONDS);
        });
    }

    void takeFromAQueue(BlockingQueue<String> queue) {
        var words = new Generator<String>(out -> {
            // finds: BlockingQueue.take blocks the loop's thread, so that no other task runs meanwhile. Between tasks
            // use
            //   the types of io.asyncio4j.sync; if another thread is to end the wait, write
            //   toThread(() -> queue.take()).
            out.yield(queue.take());
        });
        IO.println(words);
    }

    void putIntoAQueue(ArrayBlockingQueue<String> queue) {
        createTask(() -> {
            // finds: ArrayBlockingQueue.put blocks the loop's thread, so that no other task runs meanwhile. Between
            // tasks
            //   use the types of io.asyncio4j.sync; if another thread is to end the wait, write
            //   toThread(() -> queue.put("a")).
            queue.put("a");
        });
    }

    void waitForAMonitor(Object monitor) {
        createTask(() -> {
            synchronized (monitor) {
                // finds: Object.wait blocks the loop's thread, so that no other task runs meanwhile. Between tasks use
                //   the types of io.asyncio4j.sync; if another thread is to end the wait, write
                //   toThread(() -> monitor.wait()).
                monitor.wait();
            }
        });
    }

    void anExecutorWaits(ExecutorService executor) {
        createTask(() -> {
            // finds: ExecutorService.awaitTermination blocks the loop's thread, so that no other task runs meanwhile.
            //   Write toThread(() -> executor.awaitTermination(1, TimeUnit.MINUTES)).
            executor.awaitTermination(1, TimeUnit.MINUTES);
        });
    }

    void anExecutorIsAResource() {
        createTask(() -> {
            // finds: The end of this block waits for the executor's threads and blocks the loop's thread, so that no
            //   other task runs meanwhile. Write toThread(() -> ...) with the block in it, or toThread(...) in place of
            //   the executor.
            try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
                executor.submit(() -> IO.println("a"));
            }
        });
    }

    // ------------------------------------------------------------------ databases, networks, input

    void askADatabase(String url) {
        createTask(() -> {
            // finds: DriverManager.getConnection blocks the loop's thread, so that no other task runs meanwhile. Write
            //   toThread(() -> DriverManager.getConnection(url)).
            Connection connection = DriverManager.getConnection(url);
            PreparedStatement statement = connection.prepareStatement("select 1");
            // finds: PreparedStatement.executeQuery blocks the loop's thread, so that no other task runs meanwhile.
            // Write
            //   toThread(() -> statement.executeQuery()).
            var rows = statement.executeQuery();
            // finds: Connection.commit blocks the loop's thread, so that no other task runs meanwhile. Write
            //   toThread(() -> connection.commit()).
            connection.commit();
            return rows;
        });
    }

    void sendARequest(HttpClient client, HttpRequest request) {
        createTask(() -> {
            // finds: HttpClient.send blocks the loop's thread, so that no other task runs meanwhile. Write
            //   await(client.sendAsync(...)).
            return client.send(request, BodyHandlers.ofString()).body();
        });
    }

    void useSockets(ServerSocket server) {
        createTask(() -> {
            // finds: ServerSocket.accept blocks the loop's thread, so that no other task runs meanwhile. Use Streams of
            //   io.asyncio4j.streams, or write toThread(() -> server.accept()).
            Socket client = server.accept();
            // finds: new Socket blocks the loop's thread, so that no other task runs meanwhile. Use Streams of
            //   io.asyncio4j.streams, or write toThread(() -> new Socket("example.com", 80)).
            Socket peer = new Socket("example.com", 80);
            // finds: InputStream.read blocks the loop's thread, so that no other task runs meanwhile. Write
            //   toThread(() -> client.getInputStream().read()).
            return client.getInputStream().read() + peer.getPort();
        });
    }

    void resolveANameIn(String host) {
        createTask(() -> {
            // finds: InetAddress.getByName blocks the loop's thread, so that no other task runs meanwhile. Use Streams
            // of
            //   io.asyncio4j.streams, or write toThread(() -> InetAddress.getByName(host)).
            return InetAddress.getByName(host);
        });
    }

    void readALine() {
        createTask(() -> {
            var reader = new BufferedReader(new InputStreamReader(System.in));
            // finds: BufferedReader.readLine blocks the loop's thread, so that no other task runs meanwhile. Write
            //   toThread(() -> reader.readLine()).
            return reader.readLine();
        });
    }

    void readALineOfTheConsole() {
        createTask(() -> {
            // finds: IO.readln blocks the loop's thread, so that no other task runs meanwhile. Write
            //   toThread(() -> IO.readln()).
            return IO.readln();
        });
    }

    void scanInput(Scanner scanner) {
        createTask(() -> {
            // finds: Scanner.nextLine blocks the loop's thread, so that no other task runs meanwhile. Write
            //   toThread(() -> scanner.nextLine()).
            return scanner.nextLine();
        });
    }

    void aLongCallIsNotQuoted(InputStream in) {
        createTask(() -> {
            // finds: InputStream.readNBytes blocks the loop's thread, so that no other task runs meanwhile. Write
            //   toThread(() -> ...).
            return in.readNBytes(Integer.parseInt(System.getProperty("the.number.of.bytes.to.read", "100")));
        });
    }

    // ------------------------------------------------------------------ where a coroutine is

    void aConnectionHandler() throws Exception {
        Streams.startServer(
                (reader, writer) -> {
                    // finds: Thread.sleep blocks the loop's thread, so that no other task runs meanwhile. Write
                    //   Asyncio.sleep(duration).
                    // fix: sleep(Duration.ofMillis(10));
                    Thread.sleep(10);
                },
                "127.0.0.1",
                0);
    }

    static class Job implements VoidCoroutine {
        @Override
        public void run() throws Exception {
            // finds: Thread.sleep blocks the loop's thread, so that no other task runs meanwhile. Write
            //   Asyncio.sleep(duration).
            // fix: sleep(Duration.ofMillis(10));
            Thread.sleep(10);
        }

        void helper() throws Exception {
            Thread.sleep(10);
        }
    }

    @AsyncTest
    void anAsynchronousTest() throws Exception {
        // finds: Thread.sleep blocks the loop's thread, so that no other task runs meanwhile. Write
        //   Asyncio.sleep(duration).
        // fix: sleep(Duration.ofMillis(10));
        Thread.sleep(10);
    }

    void aCoroutineOnAnotherLoop(EventLoop loop, CompletableFuture<String> answer) {
        var result = runCoroutineThreadsafe(
                () -> {
                    // finds: CompletableFuture.get blocks the loop's thread, so that no other task runs meanwhile.
                    // Write
                    //   await(answer).
                    return answer.get();
                },
                loop);
        IO.println(result.join());
    }

    // ------------------------------------------------------------------ what is right

    void offTheLoop(CountDownLatch latch, Future<String> answer) {
        createTask(() -> {
            toThread(() -> Thread.sleep(10));
            toThread(() -> latch.await());
            toThread((Callable<String>) () -> answer.get());
            await(runInExecutor(null, () -> {
                Thread.sleep(10);
            }));
        });
    }

    void inACallbackOfSomebodyElse(ExecutorService executor, CountDownLatch latch) {
        createTask(() -> {
            executor.submit(() -> {
                latch.await();
                return null;
            });
            Thread.ofVirtual().start(() -> {
                try {
                    Thread.sleep(10);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
        });
    }

    void outsideOfCoroutines(CountDownLatch latch, Future<String> answer) throws Exception {
        latch.await();
        IO.println(answer.get());
        Thread.sleep(10);
        Context.copyCurrent().run(() -> {
            IO.println(CompletableFuture.completedFuture("a").join());
        });
    }

    void theLibrarysOwn(io.asyncio4j.sync.Queue<String> queue, io.asyncio4j.sync.Semaphore semaphore) {
        createTask(() -> {
            sleep(ofMillis(10));
            try (var held = semaphore.acquire()) {
                queue.put(queue.get() + held);
                queue.join();
            }
        });
    }

    void nothingToWaitFor(PriorityBlockingQueue<String> queue, ReentrantLock lock, CompletableFuture<String> done) {
        createTask(() -> {
            queue.put("a");
            IO.println(queue.poll() + done.getNow("b") + done.resultNow());
            lock.lock();
            try {
                IO.println("short");
            } finally {
                lock.unlock();
            }
        });
    }

    void dataInMemory(byte[] bytes) {
        createTask(() -> {
            InputStream in = new ByteArrayInputStream(bytes);
            var lines = new BufferedReader(new StringReader("a\nb"));
            var words = new Scanner("a b");
            return in.read() + lines.readLine() + words.next() + new ByteArrayInputStream(bytes).readAllBytes();
        });
    }

    void anAddressInDigits() {
        createTask(() -> InetAddress.getByName("127.0.0.1"));
    }

    void aCallback(EventLoop loop) {
        loop.setExceptionHandler((_, problem) -> IO.println(IO.readln(problem.message())));
    }
}
