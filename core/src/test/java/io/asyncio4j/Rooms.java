package io.asyncio4j;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The rooms of the module, as a file has them.
final class Rooms {
    /// The arrows that lead upwards and may do so: what implements a sealed contract, where
    /// contracts have code that asks the kernel, and where the body of a door is given that door.
    static final Set<String> DOORWAYS = Set.of(
            "Future -> kernel/Promise",
            "Task -> kernel/Fiber",
            "Handle -> kernel/ScheduledCall",
            "TimerHandle -> kernel/TimedCall",
            "EventLoop -> kernel/ProgramLoop",
            "EventLoop -> assembly/LoopAssembly",
            "Context -> kernel/Caller",
            "Outcome -> kernel/Promise",
            "TaskFactory -> kernel/TaskMaker",
            "Body -> Timeout",
            "VoidBody -> Timeout",
            "TimeoutBody -> Timeout",
            "TaskGroupBody -> TaskGroup");

    private final List<Room> rooms;

    /// A room of the house.
    ///
    /// @param level its height; those of one level do not know each other
    /// @param entries its types, and its packages, which end with a slash
    record Room(int level, String name, Set<String> entries) {
        boolean has(String type) {
            return entries.contains(type) || entries.contains(type.substring(0, type.lastIndexOf('/') + 1));
        }
    }

    private Rooms(List<Room> rooms) {
        this.rooms = rooms;
    }

    static Rooms read(String resource) throws IOException {
        List<Room> found = new ArrayList<>();
        for (String line : lines(resource)) {
            int space = line.indexOf(' ');
            int colon = line.indexOf(':');
            Set<String> entries = Set.of(line.substring(colon + 1).strip().split("\\s+"));
            found.add(new Room(Integer.parseInt(line.substring(0, space)), line.substring(space + 1, colon), entries));
        }
        return new Rooms(found);
    }

    /// Returns the lines of a resource without comments; none if it is absent.
    static List<String> lines(String resource) throws IOException {
        try (InputStream in = Rooms.class.getResourceAsStream(resource)) {
            if (in == null) {
                return List.of();
            }
            return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .toList();
        }
    }

    List<Room> all() {
        return rooms;
    }

    /// Returns the room in which a type stands; the upper one if there are two.
    Room roomOf(String type) {
        return Objects.requireNonNull(
                rooms.reversed().stream()
                        .filter(room -> room.has(type))
                        .findFirst()
                        .orElse(null),
                () -> "rooms.txt has no room for " + type);
    }

    /// Returns what is wrong with an arrow; null if nothing is.
    @Nullable
    String fault(String from, String to) {
        Room source = roomOf(from);
        Room target = rooms.stream().filter(room -> room.has(to)).findFirst().orElseGet(() -> roomOf(to));
        if (source.name().equals(target.name()) || source.has(to) || target.level() < source.level()) {
            return null;
        }
        String place = target.level() == source.level() ? "beside it" : "above it";
        return from + " (" + source.name() + ") names " + to + " (" + target.name() + "), which lies " + place;
    }
}
