// Prints the headers of a web page: HttpHead.java [URL [PEM FILE WITH THE CERTIFICATES TO TRUST]]

import static io.asyncio4j.Asyncio.run;

import io.asyncio4j.streams.Connection;
import io.asyncio4j.streams.ConnectionOptions;
import io.asyncio4j.streams.Streams;
import io.asyncio4j.streams.Tls;

Connection connect(URI url, Tls tls) throws IOException {
    boolean secure = url.getScheme().equals("https");
    int port = url.getPort() >= 0 ? url.getPort() : secure ? 443 : 80;
    ConnectionOptions options = ConnectionOptions.defaults();
    return Streams.openConnection(url.getHost(), port, secure ? options.tls(tls) : options);
}

void printHeaders(URI url, Tls tls) throws IOException {
    try (Connection connection = connect(url, tls)) {
        String page = url.getRawPath().isEmpty() ? "/" : url.getRawPath();
        String query = url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
        connection.writer().write("HEAD " + page + query + " HTTP/1.0\r\nHost: " + url.getHost() + "\r\n\r\n");
        for (String line : connection.reader().lines()) {
            if (line.isEmpty()) {
                break; // what follows the headers is no header
            }
            IO.println("HTTP header> " + line);
        }
    }
}

void main(String[] args) throws IOException {
    URI url = URI.create(args.length == 0 ? "https://example.org/" : args[0]);
    Tls tls = args.length < 2 ? Tls.client() : Tls.client().trusting(Path.of(args[1]));
    run(() -> printHeaders(url, tls));
}
