package io.asyncio4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// The page "The compiler says" shows what the compiler really says, and what it accepts.
final class CompilerMessagesTest {
    static final String PAGE = "docs/use/compiler-messages.md";

    private static final Pattern BLOCK = Pattern.compile("(?ms)^```(java|text)\n(.*?)\n```");
    private static final Pattern WHITESPACE = Pattern.compile("\\s+");

    /// A part of the page.
    ///
    /// @param wrong what does not compile
    /// @param right pieces of code that compile
    record Section(String heading, List<Wrong> wrong, List<String> right) {
        /// A block of code with two messages after it is wrong, another is right.
        private static Section of(String text) {
            String heading = text.lines().findFirst().orElseThrow();
            List<MatchResult> blocks = BLOCK.matcher(text).results().toList();
            List<Wrong> wrong = new ArrayList<>();
            List<String> right = new ArrayList<>();
            for (int i = 0; i < blocks.size(); i++) {
                assertThat(blocks.get(i).group(1)).as(heading).isEqualTo("java");
                String code = blocks.get(i).group(2);
                if (i + 1 < blocks.size() && blocks.get(i + 1).group(1).equals("text")) {
                    wrong.add(new Wrong(
                            code, blocks.get(i + 1).group(2), blocks.get(i + 2).group(2)));
                    i += 2;
                } else {
                    right.add(code);
                }
            }
            return new Section(heading, wrong, right);
        }
    }

    /// Code that does not compile.
    ///
    /// @param english what the compiler says of it; a line `...` stands for any lines
    /// @param chinese the same in Chinese
    record Wrong(String code, String english, String chinese) {
        private boolean gets(Javac.Message message) {
            return isPart(english, message.english()) && isPart(chinese, message.chinese());
        }

        private static boolean isPart(String shown, String message) {
            String lines = Pattern.quote(onOneLine(shown)).replace(" ... ", "\\E .* \\Q");
            return Pattern.compile(lines).matcher(onOneLine(message)).find();
        }

        private static String onOneLine(String text) {
            return WHITESPACE.matcher(text).replaceAll(" ");
        }
    }

    static List<Section> sections() throws IOException {
        return Pattern.compile("(?m)^## ")
                .splitAsStream(Files.readString(Launch.ROOT.resolve(PAGE)))
                .skip(1) // the introduction
                .map(Section::of)
                .toList();
    }

    @Test
    void eachSectionHasCodeThatIsWrongAndCodeThatIsRight() throws IOException {
        assertThat(sections()).hasSizeGreaterThanOrEqualTo(10).allSatisfy(section -> {
            assertThat(section.wrong()).isNotEmpty();
            assertThat(section.right()).isNotEmpty();
        });
    }

    @Test
    void theWrongCodeGetsTheMessageInBothLanguages() throws IOException {
        Map<Shape, Wrong> shapes = new LinkedHashMap<>();
        for (Section section : sections()) {
            section.wrong().forEach(wrong -> shapes.put(Shape.ofPage(section.heading(), wrong.code()), wrong));
        }

        assertThat(Shape.errors(shapes.keySet()))
                .allSatisfy((shape, errors) -> assertThat(errors)
                        .as(shape + " " + shapes.get(shape))
                        .anyMatch(message -> shapes.get(shape).gets(message)));
    }

    @Test
    void theRightCodeCompiles() throws IOException {
        List<Shape> right = new ArrayList<>();
        for (Section section : sections()) {
            section.right().forEach(code -> right.add(Shape.ofPage(section.heading(), code)));
        }

        assertThat(Shape.errors(right))
                .allSatisfy((shape, errors) -> assertThat(errors)
                        .as(shape + "\n" + shape.source("Shape"))
                        .isEmpty());
    }

    @Test
    void theTableAtTheTopLeadsToEachSection() throws IOException {
        String page = Files.readString(Launch.ROOT.resolve(PAGE));

        assertThat(sections())
                .allSatisfy(section -> assertThat(page).contains("](#" + anchor(section.heading()) + ")"));
    }

    /// Returns the anchor that GitHub makes of a heading.
    private static String anchor(String heading) {
        return heading.toLowerCase(Locale.ROOT).replaceAll("[^\\w\\- ]", "").replace(' ', '-');
    }
}
