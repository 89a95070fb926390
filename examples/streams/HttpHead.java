import static io.asyncio4j.Asyncio.run;

import io.asyncio4j.streams.Connection;
import io.asyncio4j.streams.ConnectionOptions;
import io.asyncio4j.streams.Streams;
import io.asyncio4j.streams.Tls;
import java.net.URI;
import java.nio.file.Path;

// Prints the headers of a web page: HttpHead.java URL [FILE WITH THE CERTIFICATES TO TRUST]

void main(String[] args) {
    URI url = URI.create(args.length == 0 ? "https://example.org/" : args[0]);
    boolean secure = url.getScheme().equals("https");
    int port = url.getPort() > 0 ? url.getPort() : secure ? 443 : 80;
    Tls tls = args.length < 2 ? Tls.client() : Tls.client().trusting(Path.of(args[1]));
    ConnectionOptions options = ConnectionOptions.defaults();

    run(() -> {
        try (Connection connection =
                Streams.openConnection(url.getHost(), port, secure ? options.tls(tls) : options)) {
            String path = url.getRawPath().isEmpty() ? "/" : url.getRawPath();
            connection.writer().write("""
                HEAD %s HTTP/1.1
                Host: %s
                Connection: close

                """.formatted(path, url.getHost()).replace("\n", "\r\n"));
            for (String line : connection.reader().lines()) {
                if (line.isEmpty()) {
                    break;
                }
                IO.println("HTTP header> " + line);
            }
        }
    });
}
