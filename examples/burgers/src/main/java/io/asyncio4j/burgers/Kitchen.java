package io.asyncio4j.burgers;

import static io.asyncio4j.Asyncio.await;
import static io.asyncio4j.Asyncio.runInExecutor;
import static io.asyncio4j.Asyncio.sleep;

import io.asyncio4j.burgers.Order.Burger;
import io.asyncio4j.burgers.Order.Counter;
import io.asyncio4j.sync.Held;
import io.asyncio4j.sync.Semaphore;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;

/// The two ways to make a burger.
///
/// At the concurrent counter, all burgers are made by tasks of one thread, the loop's. While one is
/// on the grill, that thread is free for the others. At the parallel counter, each burger has a
/// thread for itself, and there are as many as processors.
///
/// So the concurrent counter is the better one for waiting, the parallel one for computing.
final class Kitchen {
    private static final int CUTS = 50;
    private static final byte[] MEAT = new byte[1024 * 1024];

    private final Duration grilling;
    private final Semaphore places;
    private final Semaphore cooks;

    /// @param grilling for how long a burger is on the grill
    /// @param places how many burgers the concurrent counter makes at once
    /// @param cooks how many the parallel counter makes at once: its threads
    Kitchen(Duration grilling, int places, int cooks) {
        this.grilling = grilling;
        this.places = new Semaphore("places", places);
        this.cooks = new Semaphore("cooks", cooks);
    }

    /// Waits until the counter has somebody free for a burger, until the result is closed.
    Held cook(Counter counter) {
        return switch (counter) {
            case CONCURRENT -> places.acquire();
            case PARALLEL -> cooks.acquire();
        };
    }

    /// Makes a burger. Suspends.
    void make(Burger burger, Counter counter) {
        switch (counter) {
            case CONCURRENT -> makeInTask(burger);
            case PARALLEL -> await(runInExecutor(() -> makeInThread(burger)));
        }
    }

    private void makeInTask(Burger burger) {
        switch (burger) {
            case GRILLED -> sleep(grilling); // other tasks run meanwhile
            case MINCED -> {
                for (int i = 0; i < CUTS; i++) {
                    cut();
                    sleep(Duration.ZERO); // other tasks have their turn
                }
            }
        }
    }

    private void makeInThread(Burger burger) throws InterruptedException {
        switch (burger) {
            case GRILLED -> Thread.sleep(grilling); // the thread does nothing else meanwhile
            case MINCED -> {
                for (int i = 0; i < CUTS && !Thread.currentThread().isInterrupted(); i++) {
                    cut();
                }
            }
        }
    }

    /// Computes for some milliseconds.
    private static void cut() {
        try {
            MessageDigest.getInstance("SHA-256").digest(MEAT);
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError(impossible); // every JDK has it
        }
    }
}
