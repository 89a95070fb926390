import static io.asyncio4j.Asyncio.*;
import static java.time.Duration.ofDays;
import static java.time.Duration.ofSeconds;

import io.asyncio4j.Asyncio;
import io.asyncio4j.CancelledError;
import io.asyncio4j.ContextVar;
import io.asyncio4j.Future;
import io.asyncio4j.Task;
import io.asyncio4j.TimeoutException;
import io.asyncio4j.sync.Queue;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

class AsyncioCancellationSwallowedCases {
    final Queue<String> queue = new Queue<>();
    final List<Throwable> failures = new ArrayList<>();
    final ContextVar<String> variable = new ContextVar<>("user");

    void work() {
        sleep(ofDays(1));
    }

    void caughtAndPrinted() {
        try {
            work();
            // finds: This catches the cancellation of its own task and does not throw it on: the task goes on,
            //   though its group or timeout, or whoever has cancelled it, wants it to end. Throw it at the end of
            //   the handler, or use finally; if the task is to go on, call uncancel().
        } catch (CancelledError e) {
            IO.println("cancelled " + e);
        }
    }

    void caughtAndIgnored() {
        try {
            sleep(ofDays(1));
            // finds: This catches the cancellation of its own task and does not throw it on: the task goes on,
            //   though its group or timeout, or whoever has cancelled it, wants it to end. Throw it at the end of
            //   the handler, or use finally; if the task is to go on, call uncancel().
        } catch (CancelledError _) {
        }
    }

    void caughtToEndALoop() {
        while (true) {
            try {
                IO.println(queue.get());
                // finds: This catches the cancellation of its own task and does not throw it on: the task goes
                //   on, though its group or timeout, or whoever has cancelled it, wants it to end. Throw it at the
                //   end of the handler, or use finally; if the task is to go on, call uncancel().
            } catch (CancelledError e) {
                break;
            }
        }
    }

    String caughtForADefault() {
        try {
            return queue.get();
            // finds: This catches the cancellation of its own task and does not throw it on: the task goes on,
            //   though its group or timeout, or whoever has cancelled it, wants it to end. Throw it at the end of
            //   the handler, or use finally; if the task is to go on, call uncancel().
        } catch (CancelledError e) {
            return "nothing";
        }
    }

    void caughtWithAnother() {
        try {
            timeout(ofSeconds(1), () -> work());
            // finds: This catches the cancellation of its own task and does not throw it on: the task goes on,
            //   though its group or timeout, or whoever has cancelled it, wants it to end. Throw it at the end of
            //   the handler, or use finally; if the task is to go on, call uncancel().
        } catch (TimeoutException | CancelledError e) {
            IO.println(e.getMessage());
        }
    }

    void caughtAndLogged(System.Logger logger) {
        try {
            work();
            // finds: This catches the cancellation of its own task and does not throw it on: the task goes on,
            //   though its group or timeout, or whoever has cancelled it, wants it to end. Throw it at the end of
            //   the handler, or use finally; if the task is to go on, call uncancel().
        } catch (CancelledError e) {
            logger.log(System.Logger.Level.INFO, "cancelled", e);
        }
    }

    void aThrowInALambdaIsNoneHere() {
        try {
            work();
            // finds: This catches the cancellation of its own task and does not throw it on: the task goes on,
            //   though its group or timeout, or whoever has cancelled it, wants it to end. Throw it at the end of
            //   the handler, or use finally; if the task is to go on, call uncancel().
        } catch (CancelledError e) {
            Runnable later = () -> {
                throw new IllegalStateException();
            };
            IO.println(later);
        }
    }

    void everythingIsCaught() {
        createTask(() -> {
            while (true) {
                try {
                    sleep(ofSeconds(1));
                    // finds: This catches CancelledError with all others and does not throw it on, so the task cannot
                    // be
                    //   cancelled here. Catch Exception, or CancelledError before this and throw it.
                } catch (Throwable t) {
                    t.printStackTrace();
                }
            }
        });
    }

    void errorsAreCaught() {
        createTask(() -> {
            try {
                queue.put("a");
                // finds: This catches CancelledError with all others and does not throw it on, so the task cannot be
                //   cancelled here. Catch Exception, or CancelledError before this and throw it.
            } catch (Error e) {
                IO.println(e);
            }
        });
    }

    void thrownOn() {
        try {
            work();
        } catch (CancelledError e) {
            IO.println("cleaning up");
            throw e;
        }
    }

    void thrownOnIfItIsOurs(boolean stopping) {
        try {
            work();
        } catch (CancelledError e) {
            if (!stopping) {
                throw e;
            }
        }
    }

    void takenBack() {
        try {
            work();
        } catch (CancelledError e) {
            currentTask().uncancel();
        }
    }

    void cleanedUp() {
        try {
            work();
        } finally {
            IO.println("cleaning up");
        }
    }

    void theOtherTaskIsCancelled(Task<String> task, CompletableFuture<String> stage) {
        task.cancel();
        try {
            await(task);
        } catch (CancelledError e) {
            IO.println("it is cancelled");
        }
        try {
            task.await();
        } catch (CancelledError e) {
            IO.println("it is cancelled");
        }
        try {
            await(stage);
        } catch (CancelledError e) {
            IO.println("it is cancelled");
        }
    }

    void outsideOfTasks(Future<String> future) throws Exception {
        try {
            Asyncio.run(() -> work());
        } catch (CancelledError e) {
            IO.println("the main task was cancelled");
        }
        try {
            IO.println(future.result());
        } catch (CancelledError e) {
            IO.println("it was cancelled");
        }
    }

    void handedOn(Future<String> result) {
        try {
            work();
        } catch (CancelledError e) {
            result.setException(e);
        }
        try {
            work();
        } catch (CancelledError e) {
            failures.add(e);
        }
    }

    void everythingIsCaughtWithCare() {
        createTask(() -> {
            try {
                work();
            } catch (CancelledError e) {
                throw e;
            } catch (Throwable t) {
                IO.println(t);
            }
            try {
                sleep(ofSeconds(1));
            } catch (Throwable t) {
                failures.add(t);
            }
            try {
                sleep(ofSeconds(1));
            } catch (Exception e) {
                IO.println(e);
            }
        });
    }

    void everythingIsCaughtWhereNothingSuspends() {
        createTask(() -> {
            try {
                IO.println(Integer.parseInt("a") + variable.get());
            } catch (Throwable t) {
                IO.println(t);
            }
        });
    }

    void everythingIsCaughtOutside() {
        try {
            work();
        } catch (Throwable t) {
            IO.println(t);
        }
    }
}
