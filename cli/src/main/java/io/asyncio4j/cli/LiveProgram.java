package io.asyncio4j.cli;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// The loops and tasks of another process, as it has described them.
///
/// @param pid its process id
/// @param loops its loops that have run and are not closed
record LiveProgram(long pid, List<Loop> loops) {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    /// Reads what the process has sent.
    static LiveProgram parse(String json) {
        return MAPPER.readValue(json, LiveProgram.class);
    }

    /// Returns JSON in lines, for people who read it.
    static String indented(String json) {
        return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(MAPPER.readTree(json)) + "\n";
    }

    /// A loop.
    ///
    /// @param id its number in the process
    /// @param thread the thread that runs it, or null if none does
    /// @param state `BUSY`, `IDLE`, `BLOCKED` or `STOPPED`
    /// @param blockade what blocks it, or null
    /// @param tasks its tasks that are not done, in the order of creation
    /// @param omitted how many more there are
    /// @param circles the ids of tasks each of which waits for the next, and the last for the first
    /// @param trouble why something may be missing or wrong, or null
    record Loop(
            long id,
            @Nullable String thread,
            String state,
            @Nullable Blockade blockade,
            List<Task> tasks,
            int omitted,
            List<List<Long>> circles,
            @Nullable String trouble) {
        Map<Long, Task> tasksById() {
            return tasks.stream().collect(Collectors.toMap(Task::id, task -> task));
        }
    }

    /// The step or callback that blocks a loop.
    ///
    /// @param by who it is, such as `task 'mailer'`
    /// @param seconds for how long
    /// @param reason what that waits for, or null if it is not known to wait
    /// @param stack its frames, innermost first
    record Blockade(String by, double seconds, @Nullable String reason, List<String> stack) {}

    /// A task.
    ///
    /// @param id its number in the loop
    /// @param name its name
    /// @param state `CREATED`, `READY`, `RUNNING`, `WAITING` or `DONE`
    /// @param about its state in words
    /// @param awaits what it waits for, or null
    /// @param awaitsTasks the ids of the tasks that it waits for, or null
    /// @param waitedSeconds how long it has waited
    /// @param stack its frames, innermost first
    /// @param createdAt the frames of its creation, known in debug mode only, or null
    record Task(
            long id,
            String name,
            String state,
            String about,
            @Nullable String awaits,
            @Nullable List<Long> awaitsTasks,
            double waitedSeconds,
            List<String> stack,
            @Nullable List<String> createdAt) {
        List<Long> awaitedTasks() {
            return awaitsTasks == null ? List.of() : awaitsTasks;
        }

        boolean isRunning() {
            return state.equals("RUNNING");
        }
    }
}
