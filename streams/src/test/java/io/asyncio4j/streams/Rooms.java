package io.asyncio4j.streams;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/// The rooms of a module, lowest first: a type may name those of its own room and of lower ones.
///
/// Read from the resource `rooms.txt`: a line for each room has its name, a colon, and what lies
/// there: types, or packages with a slash at the end.
final class Rooms {
    private record Room(String name, Set<String> content) {}

    private final List<Room> rooms;

    private Rooms(List<Room> rooms) {
        this.rooms = rooms;
    }

    static Rooms of(Class<?> module) throws IOException {
        List<Room> rooms = new ArrayList<>();
        for (String line : lines(module, "rooms.txt")) {
            String[] parts = line.split(":", 2);
            rooms.add(new Room(
                    parts[0], Arrays.stream(parts[1].strip().split("\\s+")).collect(Collectors.toSet())));
        }
        return new Rooms(rooms);
    }

    /// Returns the lines of a resource beside `module`, without comments; none if it is not there.
    static List<String> lines(Class<?> module, String name) throws IOException {
        try (InputStream file = module.getResourceAsStream(name)) {
            return file == null
                    ? List.of()
                    : new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8)
                            .lines()
                            .filter(line -> !line.isBlank() && !line.startsWith("#"))
                            .toList();
        }
    }

    /// Returns the number of the room that a type lies in.
    ///
    /// @throws AssertionError if there is none
    int of(String type) {
        String folder = type.substring(0, type.lastIndexOf('/') + 1);
        int byPackage = -1;
        for (int i = 0; i < rooms.size(); i++) {
            if (rooms.get(i).content.contains(type)) {
                return i;
            }
            if (rooms.get(i).content.contains(folder)) {
                byPackage = i;
            }
        }
        if (byPackage < 0) {
            throw new AssertionError("There is no room for " + type + "; enter it in rooms.txt");
        }
        return byPackage;
    }

    String name(int room) {
        return rooms.get(room).name;
    }
}
