package io.asyncio4j.examples;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A page whose readers copy whole files from it and run the commands below them.
///
/// The text before a file ends with its name in backticks and a colon, as in "`pom.xml`:". A block
/// of language `sh` has commands. A block `output` after it is all that they print to standard
/// output; a line `...` in it stands for any lines.
///
/// @param sections the parts of the page, each with the text of its heading
record PastedPage(String name, List<Section> sections) {
    private static final Pattern HEADING = Pattern.compile("#+ (.*)");
    private static final Pattern FENCE = Pattern.compile("```(\\w*)");
    private static final Pattern IN_BACKTICKS = Pattern.compile("`([^`]+)`");
    private static final Pattern FILE_NAME = Pattern.compile("[\\w./-]+\\.\\w+");

    /// A part of a page, from one heading to the next.
    record Section(String heading, List<Copied> files, List<Command> commands) {
        boolean isEmpty() {
            return files.isEmpty() && commands.isEmpty();
        }
    }

    /// A file that a reader makes.
    ///
    /// @param path relative to the project's folder
    record Copied(String path, String text) {}

    /// Lines for a shell.
    ///
    /// @param output what they print, empty if the page does not say
    record Command(String text, List<String> output) {}

    /// A fenced block.
    ///
    /// @param language what follows the first fence
    /// @param before the paragraph above it
    private record Block(String language, String before, String text) {
        Copied file(String page) {
            Matcher backticks = IN_BACKTICKS.matcher(before);
            String path = "";
            while (backticks.find()) {
                path = backticks.group(1);
            }
            if (!before.endsWith(":") || !FILE_NAME.matcher(path).matches()) {
                throw new AssertionError(page + " has a block that no file name comes before: " + before + "\n" + text);
            }
            return new Copied(path, text);
        }
    }

    /// Reads a page.
    ///
    /// @param name its path in the checkout
    static PastedPage of(String name) throws IOException {
        List<Section> sections = new ArrayList<>();
        List<String> lines = Files.readAllLines(Launch.ROOT.resolve(name));
        String heading = "";
        List<Block> blocks = new ArrayList<>();
        List<String> paragraph = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            Matcher fence = FENCE.matcher(lines.get(i));
            Matcher next = HEADING.matcher(lines.get(i));
            if (fence.matches()) {
                int end = i + 1 + lines.subList(i + 1, lines.size()).indexOf("```");
                String text = String.join("\n", lines.subList(i + 1, end)) + "\n";
                blocks.add(new Block(fence.group(1), String.join(" ", paragraph), text));
                i = end;
            } else if (next.matches()) {
                sections.add(section(name, heading, blocks));
                heading = next.group(1);
                blocks.clear();
                paragraph.clear();
            } else if (!lines.get(i).isBlank()) {
                if (lines.get(i - 1).isBlank()) {
                    paragraph.clear();
                }
                paragraph.add(lines.get(i));
            }
        }
        sections.add(section(name, heading, blocks));
        return new PastedPage(name, sections);
    }

    private static Section section(String page, String heading, List<Block> blocks) {
        List<Copied> files = new ArrayList<>();
        List<Command> commands = new ArrayList<>();
        for (Block block : blocks) {
            switch (block.language()) {
                case "sh" -> commands.add(new Command(block.text(), List.of()));
                case "output" ->
                    commands.add(new Command(
                            commands.removeLast().text(), block.text().lines().toList()));
                default -> files.add(block.file(page));
            }
        }
        return new Section(heading, files, commands);
    }

    Section section(String heading) {
        return sections.stream()
                .filter(section -> section.heading().equals(heading))
                .findFirst()
                .orElseThrow(() -> new AssertionError(name + " has no section '" + heading + "'"));
    }

    /// The headings of the sections with files or commands.
    List<String> headings() {
        return sections.stream()
                .filter(section -> !section.isEmpty())
                .map(Section::heading)
                .toList();
    }
}
