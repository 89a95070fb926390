package io.asyncio4j.web;

import io.asyncio4j.web.server.Generation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
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

    private static final class Announcement {
        static final AtomicBoolean MADE = new AtomicBoolean();
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

    /// Says why the port cannot be opened, and ends the program.
    void refuse(ServeOptions options, BindException failure) {
        System.err.println("asyncio4j: cannot serve at " + address(options, options.port()) + ": "
                + failure.getMessage() + (port == null ? "" : " (--port " + port + ")"));
        System.exit(1);
    }
}
