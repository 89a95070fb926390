package shapes;

import io.asyncio4j.*;
import io.asyncio4j.Future;
import io.asyncio4j.streams.*;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;

/** What all shapes find in their program. It is compiled with them, and never run. */
public final class Given {
    public static List<String> urls;
    public static Task<String> task;
    public static Task<Integer> number;
    public static Future<String> future;
    public static List<Task<String>> tasks;
    public static CompletableFuture<String> stage;
    public static CompletionStage<Integer> count;
    public static List<CompletableFuture<String>> stages;
    public static Coroutine<String> coroutine;
    public static VoidCoroutine voidCoroutine;
    public static EventLoop loop;
    public static ExecutorService pool;
    public static StreamReader reader;
    public static StreamWriter writer;

    /** A value's exact type: {@code var e = exact(value); Exact<T> t = e;} compiles for {@code T} alone. */
    public interface Exact<T> {}

    public static <T> Exact<T> exact(T value) {
        return null;
    }

    public static String fetch(String url) {
        return url;
    }

    public static String page() {
        return "";
    }

    public static int size() {
        return 0;
    }

    public static String readFile() throws IOException {
        return "";
    }

    public static String readUrl(String url) throws IOException {
        return url;
    }

    public static String query() throws SQLException {
        return "";
    }

    /** It fails with either of two checked exceptions. */
    public static String load() throws IOException, SQLException {
        return "";
    }

    public static void save() {}

    public static void handle(String text) {}

    public static void write() throws IOException {}

    public static Coroutine<String> fetcher(String url) {
        return () -> fetch(url);
    }

    public static CompletableFuture<String> request(String url) {
        return CompletableFuture.completedFuture(url);
    }

    private Given() {}
}
