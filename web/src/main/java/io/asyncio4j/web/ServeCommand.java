package io.asyncio4j.web;

import io.asyncio4j.web.server.Generation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// The command `asyncio4j serve`, which runs the program: what it has said takes the place of what
/// the program says to the first [WebApp#serve]. It is in system properties.
///
/// @param program the name of the program's file
/// @param host null for what the program says, as with the others
record ServeCommand(
        String program,
        @Nullable String host,
        @Nullable Integer port,
        @Nullable Integer workers,
        boolean reloads) {
    private static final String PREFIX = "asyncio4j.serve";
    private static final AtomicBoolean TAKEN = new AtomicBoolean();
    private static final AtomicBoolean WATCHED = new AtomicBoolean();

    private static final class Announcement {
        static final AtomicBoolean MADE = new AtomicBoolean();
        static final AtomicBoolean END_MADE = new AtomicBoolean();
    }

    /// Returns the command, to its first caller in a program; null to others, and in a program that
    /// was started otherwise.
    static @Nullable ServeCommand take() {
        String program = System.getProperty(PREFIX);
        if (program == null) {
            return null;
        }
        Generation generation = Generation.current();
        boolean first = generation == null ? TAKEN.compareAndSet(false, true) : generation.takesCommand();
        if (!first) {
            return null;
        }
        return new ServeCommand(
                program,
                System.getProperty(PREFIX + ".host"),
                Integer.getInteger(PREFIX + ".port"),
                Integer.getInteger(PREFIX + ".workers"),
                generation != null);
    }

    /// Returns the program's options with what the command has said.
    ServeOptions over(ServeOptions programs) {
        ServeOptions options = programs;
        if (host != null || port != null) {
            options = options.onPort();
        }
        if (host != null) {
            options = options.host(host);
        }
        if (port != null) {
            options = options.port(port);
        }
        if (workers != null) {
            options = options.workers(workers);
        }
        if (!reloads) {
            return options;
        }
        return options.workers(1).port(options.port() == 0 ? Chosen.PORT : options.port());
    }

    /// A free port for all versions of a program.
    private static final class Chosen {
        static final int PORT = choose();

        private static int choose() {
            try (ServerSocket socket = new ServerSocket(0)) {
                return socket.getLocalPort();
            } catch (IOException none) {
                throw new UncheckedIOException(none);
            }
        }
    }

    /// Prints the addresses of the service and its documentation, once.
    void announce(WebApp app, ServeOptions options, int port) {
        if (!Announcement.MADE.compareAndSet(false, true)) {
            if (reloads) {
                IO.println("asyncio4j serves the new " + program);
            }
            return;
        }
        String address = address(options, port);
        StringBuilder text = new StringBuilder("asyncio4j serves " + program + "\n\n");
        text.append("  Service  ").append(address).append(isEverywhere(options) ? "  (on all interfaces)\n" : "\n");
        if (app.options().docs() && options.unixSocket() == null) {
            text.append("  Docs     ")
                    .append(address)
                    .append(app.options().docsPath())
                    .append('\n');
        }
        text.append('\n')
                .append(reloads ? "  Changes of its sources are loaded. " : "  ")
                .append("Ctrl-C ends it.\n");
        IO.println(text);
    }

    private static boolean isEverywhere(ServeOptions options) {
        return options.unixSocket() == null
                && (options.host().equals("0.0.0.0") || options.host().equals("::"));
    }

    private static String address(ServeOptions options, int port) {
        if (options.unixSocket() != null) {
            return "unix:" + options.unixSocket();
        }
        String host = isEverywhere(options) ? "localhost" : options.host();
        String shown = host.indexOf(':') < 0 ? host : "[" + host + "]";
        return (options.tls() == null ? "http://" : "https://") + shown + ":" + port;
    }

    /// Says that a first signal has ended the service, and what a second one would do.
    void announceEnd() {
        if (Announcement.END_MADE.compareAndSet(false, true)) {
            IO.println("asyncio4j answers what is under way, and ends; another Ctrl-C ends it at once");
        }
    }

    /// Says why the port cannot be opened, and ends the program.
    ///
    /// @param failure for a host that does not resolve, or an address that cannot be had
    void refuse(ServeOptions options, IOException failure) {
        String told = (host == null ? "" : " --host " + host) + (port == null ? "" : " --port " + port);
        System.err.println("asyncio4j: cannot serve at " + address(options, options.port()) + ": "
                + failure.getMessage() + (told.isEmpty() ? "" : " (" + told.strip() + ")"));
        System.exit(1);
    }

    /// Has a program say so that has an application, but ends before it serves. One that is
    /// reloaded is watched by the command.
    static void watch() {
        String program = System.getProperty(PREFIX);
        if (program != null && Generation.current() == null && WATCHED.compareAndSet(false, true)) {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                if (!TAKEN.get()) {
                    System.err.println("asyncio4j: " + program + " has ended without a call of WebApp.serve; have its"
                            + " main call app.serve(8000), say");
                }
            }));
        }
    }
}
