import org.jspecify.annotations.NullMarked;

/// The commands by which a program is run, and looked at from outside.
@NullMarked
module io.asyncio4j.cli {
    requires static org.jspecify;
    requires info.picocli;
    requires java.compiler;
    requires java.management;
    // The transport of the connection to the other process.
    requires java.management.rmi;
    requires jdk.attach;
    requires jdk.compiler;
    requires tools.jackson.databind;

    // They set the fields of commands and make records of JSON.
    opens io.asyncio4j.cli to
            info.picocli,
            tools.jackson.databind;
}
