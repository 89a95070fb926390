package io.asyncio4j.layers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.classfile.ClassModel;
import java.lang.classfile.FieldModel;
import java.lang.classfile.MethodModel;
import java.lang.reflect.AccessFlag;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// The layers of a module: a type knows those of its own room and of rooms below. A subclass in the
/// module's main package has a `rooms.txt` beside it.
public abstract class Layers {
    private final Arrows arrows;
    private final Rooms rooms;

    /// Reads the module's class files.
    ///
    /// @param type a type of the module's main package
    protected Layers(Class<?> type) throws IOException, URISyntaxException {
        arrows = Arrows.of(type);
        rooms = Rooms.beside(getClass());
    }

    @Test
    public final void arrowsLeadDownwards() {
        Set<String> wrong = new TreeSet<>();
        Set<String> doorways = new TreeSet<>();
        arrows.all()
                .forEach((from, types) -> types.forEach(to -> {
                    String arrow = from + " -> " + to;
                    String fault = rooms.fault(from, to);
                    if (rooms.doorways().contains(arrow)) {
                        doorways.add(arrow);
                    } else if (fault != null) {
                        wrong.add(fault);
                    }
                }));

        assertThat(wrong).isEmpty();
        assertThat(doorways).as("doorways that are used").isEqualTo(rooms.doorways());
    }

    @Test
    public final void everyRoomHasAType() {
        Set<String> used = new TreeSet<>();
        arrows.all().keySet().forEach(type -> used.add(rooms.of(type).name()));

        assertThat(used)
                .containsExactlyInAnyOrderElementsOf(
                        rooms.all().stream().map(Rooms.Room::name).toList());
    }

    @Test
    public final void someRoomsHaveNoCircles() {
        Map<String, Set<String>> inside = new TreeMap<>();
        arrows.all().forEach((from, types) -> {
            Rooms.Room room = rooms.of(from);
            if (!room.mayHaveCircles()) {
                Set<String> known = new TreeSet<>(types);
                known.removeIf(to -> !rooms.of(to).equals(room));
                inside.put(from, known);
            }
        });

        assertThat(Arrows.circles(inside)).isEmpty();
    }

    @Test
    public final void hiddenPackagesHaveNoFieldThatOthersCanChange() {
        List<String> open = new ArrayList<>();
        for (ClassModel each : arrows.classes()) {
            if (arrows.isExported(each)) {
                continue;
            }
            for (FieldModel field : each.fields()) {
                if (isVisible(field.flags().flags()) && !field.flags().has(AccessFlag.FINAL)) {
                    open.add(each.thisClass().asInternalName() + "."
                            + field.fieldName().stringValue());
                }
            }
        }

        assertThat(open).isEmpty();
    }

    @Test
    public final void exportedSignaturesNameNoHiddenType() {
        List<String> leaks = new ArrayList<>();
        for (ClassModel each : arrows.classes()) {
            if (!arrows.isVisible(each)) {
                continue;
            }
            for (MethodModel method : each.methods()) {
                if (isVisible(method.flags().flags())
                        && !arrows.typesIn(method.methodType().stringValue()).stream()
                                .allMatch(arrows::isExported)) {
                    leaks.add(each.thisClass().asInternalName() + "."
                            + method.methodName().stringValue());
                }
            }
        }

        assertThat(leaks).isEmpty();
    }

    private static boolean isVisible(Set<AccessFlag> flags) {
        return flags.contains(AccessFlag.PUBLIC) || flags.contains(AccessFlag.PROTECTED);
    }
}
