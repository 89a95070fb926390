package io.asyncio4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The compiler accepts code as newcomers write it, or says what "The compiler says" explains.
final class ShapesTest {
    private static final Map<Shape, List<Javac.Message>> ERRORS = new LinkedHashMap<>();

    /// Those that must compile first: the compiler may leave out errors after others.
    @BeforeAll
    static void compile() throws IOException {
        List<Shape> shapes = Shape.all();
        ERRORS.putAll(Shape.errors(shapes.stream().filter(Shape::compiles).toList()));
        ERRORS.putAll(
                Shape.errors(shapes.stream().filter(shape -> !shape.compiles()).toList()));
    }

    @Test
    void whatMustCompileDoes() {
        List<String> refused = new ArrayList<>();
        ERRORS.forEach((shape, errors) -> {
            if (shape.compiles() && !errors.isEmpty()) {
                refused.add(shape + "\n" + errors + "\n" + shape.source("Shape"));
            }
        });

        assertThat(refused).isEmpty();
    }

    @Test
    void whatMustNotCompileGetsTheMessageWithTheHint() {
        List<String> others = new ArrayList<>();
        ERRORS.forEach((shape, errors) -> {
            if (!shape.compiles() && errors.stream().noneMatch(error -> isAbout(shape, error.english()))) {
                others.add(shape + "\n" + errors);
            }
        });

        assertThat(others).isEmpty();
    }

    @Test
    void thePageHasEachMessage() throws IOException {
        List<CompilerMessagesTest.Wrong> shown = CompilerMessagesTest.sections().stream()
                .flatMap(section -> section.wrong().stream())
                .toList();

        assertThat(ERRORS.keySet())
                .filteredOn(shape -> !shape.compiles())
                .allSatisfy(shape -> assertThat(shown).anyMatch(wrong -> isAbout(shape, wrong.english())));
    }

    private static boolean isAbout(Shape shape, String message) {
        return message.replaceAll("\\s+", " ").contains(shape.hint());
    }

    @Test
    void nineOfTenNaturalShapesCompile() {
        int[] natural = new int[2];
        int[] others = new int[2];
        Map<String, int[]> kinds = new TreeMap<>();
        for (Shape shape : ERRORS.keySet()) {
            int column = shape.compiles() ? 0 : 1;
            (shape.isNatural() ? natural : others)[column]++;
            kinds.computeIfAbsent(shape.kind(), kind -> new int[2])[column]++;
        }
        System.out.println("Shapes that compile, and that do not:");
        kinds.forEach((kind, counts) -> System.out.printf("  %-28s %3d %3d%n", kind, counts[0], counts[1]));
        System.out.printf("  %-28s %3d %3d%n", "natural, of all kinds", natural[0], natural[1]);
        System.out.printf("  %-28s %3d %3d%n", "mistakes and remedies", others[0], others[1]);

        assertThat(kinds).hasSize(10);
        assertThat(ERRORS.size()).isGreaterThanOrEqualTo(150);
        assertThat(natural[0]).isGreaterThanOrEqualTo(9 * natural[1]);
    }
}
