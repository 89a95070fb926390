package io.asyncio4j.layers;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The rooms of a module, as its `rooms.txt` has them, lowest first. A line is one of
///
/// - `2 kernel: kernel/ Loop`: a height, a room's name, and what is in it: types, or packages,
///   which end with a slash. Rooms of one height do not know each other. A type counts before its
///   package.
/// - `1 base, no circles: base/`: no two types of the room reach each other.
/// - `doorway Task -> kernel/Fiber`: an arrow that leads upwards and may do so.
final class Rooms {
    private static final Pattern ROOM = Pattern.compile("(\\d+) (\\w+)(, no circles)?: (.+)");
    private static final String DOORWAY = "doorway ";

    private final List<Room> all = new ArrayList<>();
    private final Set<String> doorways = new TreeSet<>();

    /// A room of the module.
    ///
    /// @param height how many rooms are below it, or more
    /// @param entries its types, and its packages, which end with a slash
    record Room(int height, String name, boolean mayHaveCircles, Set<String> entries) {}

    private Rooms() {}

    /// Reads the file beside a class.
    static Rooms beside(Class<?> type) throws IOException {
        Rooms rooms = new Rooms();
        try (InputStream in = type.getResourceAsStream("rooms.txt")) {
            if (in == null) {
                throw new IOException("There is no rooms.txt beside " + type.getName());
            }
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .forEach(rooms::add);
        }
        return rooms;
    }

    private void add(String line) {
        if (line.startsWith(DOORWAY)) {
            doorways.add(line.substring(DOORWAY.length()));
            return;
        }
        Matcher room = ROOM.matcher(line);
        if (!room.matches()) {
            throw new IllegalArgumentException("rooms.txt: '" + line + "' is neither a room nor a doorway");
        }
        all.add(new Room(
                Integer.parseInt(room.group(1)),
                room.group(2),
                room.group(3) == null,
                Set.of(room.group(4).strip().split("\\s+"))));
    }

    List<Room> all() {
        return all;
    }

    Set<String> doorways() {
        return doorways;
    }

    /// Returns the room of a type.
    Room of(String type) {
        String folder = type.substring(0, type.lastIndexOf('/') + 1);
        return all.stream()
                .filter(room -> room.entries().contains(type))
                .findFirst()
                .or(() -> all.stream()
                        .filter(room -> room.entries().contains(folder.isEmpty() ? "/" : folder))
                        .findFirst())
                .orElseThrow(() -> new AssertionError("rooms.txt has no room for " + type));
    }

    /// Returns what is wrong with an arrow; null if nothing is.
    @Nullable
    String fault(String from, String to) {
        Room source = of(from);
        Room target = of(to);
        if (source.equals(target) || target.height() < source.height()) {
            return null;
        }
        return from + " (" + source.name() + ") names " + to + " (" + target.name() + "), which lies "
                + (target.height() == source.height() ? "beside it" : "above it");
    }
}
