package io.asyncio4j.streams;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.classfile.ClassModel;
import java.lang.classfile.FieldModel;
import java.lang.classfile.MethodModel;
import java.lang.reflect.AccessFlag;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// The rooms of the module: who may know whom.
final class ArrowsTest {
    /// Packages that the module exports; others are hidden.
    private static final Set<String> EXPORTED = Set.of("", "spi/");

    private final Arrows arrows;
    private final Rooms rooms;

    ArrowsTest() throws IOException, URISyntaxException {
        arrows = Arrows.around(Streams.class);
        rooms = Rooms.of(ArrowsTest.class);
    }

    @Test
    void arrowsLeadDownwards() throws IOException {
        Set<String> known = new TreeSet<>(Rooms.lines(ArrowsTest.class, "arrows-known.txt"));
        List<String> wrong = new ArrayList<>();
        arrows.all()
                .forEach((from, targets) -> targets.forEach(to -> {
                    int above = rooms.of(from);
                    int below = rooms.of(to);
                    if (below > above && !known.remove(from + " -> " + to)) {
                        wrong.add(from + " (" + rooms.name(above) + ") names " + to + " (" + rooms.name(below)
                                + "), which lies above it");
                    }
                }));

        assertThat(wrong).isEmpty();
        assertThat(known).as("arrows that are gone: strike them").isEmpty();
    }

    @Test
    void hiddenPackagesHaveNoPublicFieldThatChanges() {
        List<String> open = new ArrayList<>();
        for (ClassModel each : arrows.classes()) {
            for (FieldModel field : each.fields()) {
                Set<AccessFlag> flags = field.flags().flags();
                if (isHidden(arrows.outermost(each))
                        && flags.contains(AccessFlag.PUBLIC)
                        && !flags.contains(AccessFlag.FINAL)) {
                    open.add(each.thisClass().asInternalName() + "."
                            + field.fieldName().stringValue());
                }
            }
        }

        assertThat(open).isEmpty();
    }

    @Test
    void exportedSignaturesNameNoHiddenType() {
        List<String> leaks = new ArrayList<>();
        for (ClassModel each : arrows.classes()) {
            for (MethodModel method : each.methods()) {
                Set<AccessFlag> flags = method.flags().flags();
                boolean exported = !isHidden(arrows.outermost(each))
                        && each.flags().has(AccessFlag.PUBLIC)
                        && (flags.contains(AccessFlag.PUBLIC) || flags.contains(AccessFlag.PROTECTED));
                if (exported
                        && arrows.inSignature(method.methodType().stringValue()).stream()
                                .anyMatch(ArrowsTest::isHidden)) {
                    leaks.add(each.thisClass().asInternalName() + "."
                            + method.methodName().stringValue());
                }
            }
        }

        assertThat(leaks).isEmpty();
    }

    private static boolean isHidden(String type) {
        return !EXPORTED.contains(type.substring(0, type.lastIndexOf('/') + 1));
    }
}
