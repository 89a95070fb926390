package io.asyncio4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.asyncio4j.Rooms.Room;
import java.io.IOException;
import java.lang.classfile.ClassModel;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// The rooms of the module, as `rooms.txt` has them: a type knows those of its own room and of
/// rooms below.
///
/// What is still wrong stands in `arrows-known.txt`, which may only shrink.
final class ArrowsTest {
    private final Rooms rooms = Rooms.read("/rooms.txt");
    private final Map<String, Set<String>> arrows = Arrows.of(EventLoop.class);

    ArrowsTest() throws IOException, URISyntaxException {}

    @Test
    void arrowsLeadDownwards() throws IOException {
        Set<String> wrong = new TreeSet<>();
        Set<String> doorways = new TreeSet<>();
        arrows.forEach((from, types) -> {
            for (String to : types) {
                if (Rooms.DOORWAYS.contains(from + " -> " + to)) {
                    doorways.add(from + " -> " + to);
                    continue;
                }
                String fault = rooms.fault(from, to);
                if (fault != null) {
                    wrong.add(fault);
                }
            }
        });

        assertThat(wrong).isEqualTo(new TreeSet<>(Rooms.lines("/arrows-known.txt")));
        assertThat(doorways).as("doorways that are used").isEqualTo(new TreeSet<>(Rooms.DOORWAYS));
    }

    @Test
    void everyRoomHasAType() {
        Set<String> seen = new TreeSet<>();
        arrows.keySet().forEach(type -> seen.add(rooms.roomOf(type).name()));

        assertThat(seen)
                .containsExactlyInAnyOrderElementsOf(
                        rooms.all().stream().map(Room::name).toList());
    }

    @Test
    void lowestRoomsHaveNoCircles() {
        List<List<String>> circles = new ArrayList<>();
        for (String room : List.of("base", "jfr", "queue")) {
            Map<String, Set<String>> inside = new TreeMap<>();
            arrows.forEach((from, types) -> {
                if (rooms.roomOf(from).name().equals(room)) {
                    Set<String> known = new TreeSet<>(types);
                    known.removeIf(to -> !rooms.roomOf(to).name().equals(room));
                    inside.put(from, known);
                }
            });
            circles.addAll(Arrows.circles(inside));
        }

        assertThat(circles).isEmpty();
    }

    @Test
    void hiddenPackagesHideTheirState() throws IOException, URISyntaxException {
        Set<String> open = new TreeSet<>();
        for (ClassModel type : Arrows.models(EventLoop.class)) {
            if (!Arrows.isExported(type)) {
                open.addAll(Arrows.openFields(type));
            }
        }

        assertThat(open).isEmpty();
    }

    @Test
    void exportedSignaturesNameNoHiddenType() {
        Set<String> leaks = new TreeSet<>();
        for (Class<?> type : Arrows.exportedTypes(EventLoop.class)) {
            Arrays.stream(type.getDeclaredMethods())
                    .filter(method -> Arrows.isVisible(method.getModifiers()))
                    .filter(method -> !Arrows.namesExportedOnly(method))
                    .forEach(method -> leaks.add(method.toGenericString()));
            Arrays.stream(type.getDeclaredConstructors())
                    .filter(made -> Arrows.isVisible(made.getModifiers()))
                    .filter(made -> !Arrows.namesExportedOnly(made))
                    .forEach(made -> leaks.add(made.toGenericString()));
            if (type.getSuperclass() != null && Arrows.isHidden(type.getSuperclass())) {
                leaks.add(type + " extends " + type.getSuperclass());
            }
        }

        assertThat(leaks).isEmpty();
    }
}
