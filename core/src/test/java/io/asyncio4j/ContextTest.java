package io.asyncio4j;

import static io.asyncio4j.Asyncio.createTask;
import static io.asyncio4j.Asyncio.currentTask;
import static io.asyncio4j.Asyncio.runningLoop;
import static io.asyncio4j.Asyncio.sleep;
import static io.asyncio4j.VirtualTime.runVirtually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.NoSuchElementException;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class ContextTest {
    private final ContextVar<String> variable = new ContextVar<>("variable");
    private final ContextVar<String> withDefault = new ContextVar<>("withDefault", "default");
    private final Trace trace = new Trace();

    // ------------------------------------------------------------------ variables

    @Test
    void aVariableHasADefaultAFallbackOrNoValue() {
        new Context().run(() -> {
            assertThat(withDefault.get()).isEqualTo("default");
            assertThat(withDefault.get("fallback")).isEqualTo("fallback");
            assertThat(variable.get("fallback")).isEqualTo("fallback");
            assertThatThrownBy(variable::get)
                    .isInstanceOf(NoSuchElementException.class)
                    .hasMessage("Context variable 'variable' has no value here and no default; set() it first, or ask"
                            + " with get(fallback)");
            variable.set("value");
            assertThat(variable.get()).isEqualTo("value");
            assertThat(variable.get("fallback")).isEqualTo("value");
        });
        assertThat(variable.name()).isEqualTo("variable");
        assertThat(variable).hasToString("variable");
    }

    @Test
    void resetGivesBackTheValueBefore() {
        new Context().run(() -> {
            ContextVar.Token<String> first = variable.set("one");
            ContextVar.Token<String> second = variable.set("two");
            assertThat(first.previous()).isNull();
            assertThat(second.previous()).isEqualTo("one");
            assertThat(second.variable()).isSameAs(variable);
            variable.reset(second);
            assertThat(variable.get()).isEqualTo("one");
            variable.reset(first);
            assertThat(variable.get("none")).isEqualTo("none");
        });
    }

    @Test
    void aTokenResetsOnce() {
        new Context().run(() -> {
            ContextVar.Token<String> token = variable.set("one");
            variable.reset(token);
            assertThatThrownBy(() -> variable.reset(token))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("Token of context variable 'variable' was used before; a token resets once");
        });
    }

    @Test
    void aTokenResetsItsOwnVariableOnly() {
        new Context().run(() -> {
            ContextVar.Token<String> token = variable.set("one");
            assertThatThrownBy(() -> withDefault.reset(token))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("Token of context variable 'variable' cannot reset 'withDefault'");
        });
    }

    @Test
    void aTokenResetsInItsOwnContextOnly() {
        runVirtually(() -> {
            ContextVar.Token<String> token = variable.set("one");
            Task<Void> other = createTask(() -> variable.reset(token));
            assertThatThrownBy(other::await)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("Token of context variable 'variable' was made in another context; reset it in the task"
                            + " or callback that set it");
            variable.reset(token);
        });
    }

    // ------------------------------------------------------------------ tasks

    @Test
    void aTaskStartsWithACopyOfWhatItsCreatorSees() {
        runVirtually(() -> {
            variable.set("main's");
            Task<Void> task = createTask(() -> {
                trace.add(variable.get());
                variable.set("task's");
                sleep(Duration.ofSeconds(1));
                trace.add(variable.get());
            });
            variable.set("changed");
            sleep(Duration.ZERO);
            trace.add(variable.get());
            task.await();
            trace.add(variable.get());
            assertThat(task.context().get(variable)).isEqualTo("task's");
        });
        trace.assertIs("main's changed task's changed");
    }

    @Test
    void tasksKeepTheirValuesApartWhileTheyTakeTurns() {
        runVirtually(() -> {
            for (String name : new String[] {"a", "b"}) {
                createTask(() -> {
                    variable.set(name);
                    for (int i = 0; i < 3; i++) {
                        sleep(Duration.ZERO);
                        trace.add(variable.get());
                    }
                });
            }
            sleep(Duration.ofSeconds(1));
            trace.add(variable.get("none"));
        });
        trace.assertIs("a b a b a b none");
    }

    @Test
    void tasksCanShareAContext() {
        runVirtually(() -> {
            var shared = new Context();
            TaskOptions options = TaskOptions.defaults().context(shared);
            createTask(options, () -> {
                variable.set("shared");
                sleep(Duration.ofSeconds(2));
            });
            createTask(options, () -> {
                trace.add(variable.get());
                sleep(Duration.ofSeconds(1));
                variable.set("changed");
            });
            sleep(Duration.ofSeconds(3));
            assertThat(shared.get(variable)).isEqualTo("changed");
            assertThat(variable.get("none")).isEqualTo("none");
        });
        trace.assertIs("shared");
    }

    @Test
    void anAwaitedCoroutineSharesTheContextOfItsTask() {
        runVirtually(() -> {
            Asyncio.await(() -> {
                variable.set("set inside");
            });
            assertThat(variable.get()).isEqualTo("set inside");
        });
    }

    @Test
    void aTaskCreatedByACallbackCopiesTheCallbacksContext() {
        runVirtually(() -> {
            variable.set("main's");
            runningLoop().callSoon(() -> {
                variable.set("callback's");
                createTask(() -> trace.add(variable.get()));
            });
            sleep(Duration.ofSeconds(1));
            trace.add(variable.get());
        });
        trace.assertIs("callback's main's");
    }

    // ------------------------------------------------------------------ Context.run

    @Test
    void whatIsSetInsideRunIsSeenThereOnly() {
        runVirtually(() -> {
            var context = new Context();
            variable.set("outside");
            String result = context.run(() -> {
                assertThat(variable.get("none")).isEqualTo("none");
                variable.set("inside");
                return variable.get();
            });
            assertThat(result).isEqualTo("inside");
            assertThat(variable.get()).isEqualTo("outside");
            assertThat(context.get(variable)).isEqualTo("inside");
            assertThat(context.contains(variable)).isTrue();
            assertThat(context.contains(withDefault)).isFalse();
            assertThat(context.variables()).isEqualTo(Set.of(variable));
            assertThat(context).hasToString("Context{variable=inside}");
        });
    }

    @Test
    void theBodyOfRunMaySuspend() {
        runVirtually(() -> {
            var context = new Context();
            variable.set("main's");
            createTask(() -> {
                trace.add("other:" + variable.get());
                variable.set("other's");
            });
            context.run(() -> {
                variable.set("inside");
                sleep(Duration.ofSeconds(1));
                trace.add("after:" + variable.get());
            });
            trace.add("main:" + variable.get());
        });
        trace.assertIs("other:main's after:inside main:main's");
    }

    @Test
    void runWorksInACallbackAndOutsideALoop() {
        var context = new Context();
        context.run(() -> variable.set("first"));
        assertThat(variable.get("none")).isEqualTo("none");
        runVirtually(() -> {
            runningLoop().callSoon(() -> {
                context.run(() -> {
                    trace.add(variable.get());
                    variable.set("second");
                });
                trace.add(variable.get("none"));
            });
            sleep(Duration.ZERO);
        });
        assertThat(context.get(variable)).isEqualTo("second");
        trace.assertIs("first none");
    }

    @Test
    void anExceptionLeavesRunAsItIsAndTheContextIsRestored() {
        var failure = new IOException("broken");
        runVirtually(() -> {
            variable.set("main's");
            var context = new Context();
            for (int i = 0; i < 2; i++) {
                assertThatThrownBy(() -> context.run(() -> {
                            throw failure;
                        }))
                        .isSameAs(failure);
                assertThat(variable.get()).isEqualTo("main's");
            }
        });
    }

    @Test
    void aContextThatIsBeingRunCannotBeRunAgain() {
        var context = new Context();
        String message = "Cannot run in Context{}: it is being run already; run in a copy() of it";
        context.run(() -> {
            assertThatThrownBy(() -> context.run(() -> trace.add("ran")))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage(message);
            context.copy().run(() -> trace.add("copy"));
        });
        runVirtually(() -> {
            assertThatThrownBy(() -> currentTask().context().run(() -> trace.add("ran")))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage(message);
        });
        trace.assertIs("copy");
    }

    @Test
    void aCopyIsIndependent() {
        var context = new Context();
        context.run(() -> variable.set("one"));
        Context copy = context.copy();
        copy.run(() -> variable.set("two"));
        assertThat(context.get(variable)).isEqualTo("one");
        assertThat(copy.get(variable)).isEqualTo("two");
        context.run(() -> assertThat(Context.copyCurrent().get(variable)).isEqualTo("one"));
    }
}
