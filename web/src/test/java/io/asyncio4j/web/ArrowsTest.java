package io.asyncio4j.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.NameAndTypeEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.constantpool.Utf8Entry;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The layers of the module: a type knows those of its own room and of rooms below.
final class ArrowsTest {
    private static final String PREFIX = "io/asyncio4j/web/";
    private static final Pattern TYPE = Pattern.compile("io/asyncio4j/web/[\\w/$]+");

    /// Lowest first. A room is a package, or types of the exported one; the last has the rest of
    /// it.
    private static final List<Set<String>> ROOMS = List.of(
            Set.of("http/CheckedHeaders", "http/Syntax"),
            Set.of(
                    "DefaultValue",
                    "Example",
                    "Headers",
                    "Limits",
                    "ServeOptions",
                    "TrustedProxies",
                    "UploadFile",
                    "ValidationException",
                    "WebSocketClosedException",
                    "WebSocketMessage"),
            Set.of("scalar/"),
            Set.of("schema/"),
            Set.of("http/"),
            Set.of(
                    "AccessLog",
                    "ApiKey",
                    "Authorization",
                    "BackgroundTasks",
                    "Body",
                    "Cookie",
                    "CookieParam",
                    "Cors",
                    "Description",
                    "FormData",
                    "FormParam",
                    "FormReader",
                    "Gzip",
                    "HeaderParam",
                    "HeaderParameters",
                    "Hop",
                    "Hidden",
                    "HttpBasic",
                    "HttpBearer",
                    "HttpException",
                    "HttpsRedirect",
                    "Json",
                    "JsonForms",
                    "Middleware",
                    "MultipartReader",
                    "Next",
                    "OAuth2PasswordBearer",
                    "PathParam",
                    "Percent",
                    "Provider",
                    "Proxies",
                    "QueryParam",
                    "RateCounts",
                    "RateLimit",
                    "Request",
                    "RequestTimeout",
                    "Response",
                    "SecurityScheme",
                    "ServerSentEvent",
                    "Session",
                    "SessionSeal",
                    "Sessions",
                    "TrustedHosts",
                    "Vary",
                    "WebSocketHandler",
                    "WebSocketSession"),
            Set.of("binding/"),
            Set.of("openapi/"),
            Set.of("http1/", "http2/", "websocket/"),
            Set.of("server/"),
            Set.of(""),
            Set.of("testing/"));

    @Test
    void arrowsLeadDownwards() throws IOException, URISyntaxException {
        Set<String> wrong = new TreeSet<>();
        for (Path file : classFiles()) {
            var model = ClassFile.of().parse(file);
            String from = outermost(model.thisClass().asInternalName());
            for (PoolEntry entry : model.constantPool()) {
                String text = switch (entry) {
                    case ClassEntry type -> type.asInternalName();
                    case NameAndTypeEntry member -> member.type().stringValue();
                    case Utf8Entry descriptor when descriptor.stringValue().startsWith("(") -> descriptor.stringValue();
                    default -> "";
                };
                Matcher types = TYPE.matcher(text);
                while (types.find()) {
                    String to = outermost(types.group());
                    if (!to.equals(from) && !mayKnow(from, to)) {
                        wrong.add(from + " names " + to + ", which lies above it or beside it");
                    }
                }
            }
        }

        assertThat(wrong).isEmpty();
    }

    private static List<Path> classFiles() throws IOException, URISyntaxException {
        URI place =
                WebApp.class.getProtectionDomain().getCodeSource().getLocation().toURI();
        try (Stream<Path> files = Files.walk(Path.of(place))) {
            return files.filter(file -> file.toString().endsWith(".class"))
                    .filter(file -> !file.endsWith("module-info.class"))
                    .toList();
        } catch (UncheckedIOException unreadable) {
            throw unreadable.getCause();
        }
    }

    private static String outermost(String internalName) {
        String name = internalName.substring(PREFIX.length());
        int dollar = name.indexOf('$');
        return dollar < 0 ? name : name.substring(0, dollar);
    }

    private static boolean mayKnow(String from, String to) {
        int above = room(from);
        int below = room(to);
        return below < above || (below == above && folder(from).equals(folder(to)));
    }

    private static int room(String type) {
        for (int i = 0; i < ROOMS.size(); i++) {
            if (ROOMS.get(i).contains(type) || ROOMS.get(i).contains(folder(type))) {
                return i;
            }
        }
        throw new AssertionError("There is no room for " + type);
    }

    private static String folder(String type) {
        return type.substring(0, type.lastIndexOf('/') + 1);
    }
}
