package server;

import io.asyncio4j.benchmarks.http.Stock;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// Answers with Spring Boot, Spring MVC and Tomcat, on virtual threads: `SpringServer PORT`.
@SpringBootApplication
@RestController
public class SpringServer {
    private final Stock stock;

    public record Item(
            @NotNull @Size(min = 1, max = 50) String name,
            @Positive double price,
            @Positive int quantity,
            @NotNull List<String> tags) {}

    public record Answer(long id, String q, String name, double total, List<String> tags) {}

    public record Stored(long id, String q, String name, double total, int stock) {}

    SpringServer() {
        stock = new Stock();
    }

    public static void main(String[] arguments) {
        SpringApplication application = new SpringApplication(SpringServer.class);
        application.setDefaultProperties(Map.of(
                "server.port", arguments[0],
                "server.address", "127.0.0.1",
                "server.tomcat.accept-count", "1024",
                "server.tomcat.max-keep-alive-requests", "-1",
                "spring.threads.virtual.enabled", "true",
                "spring.main.banner-mode", "off",
                "server.servlet.encoding.force", "false"));
        application.run();
    }

    @GetMapping(value = "/plaintext", produces = "text/plain;charset=UTF-8")
    String plaintext() {
        return "Hello, World!";
    }

    @PostMapping("/items/{id}")
    Answer item(@PathVariable long id, @RequestParam String q, @Valid @RequestBody Item item) {
        return new Answer(id, q, item.name, item.price * item.quantity, item.tags);
    }

    @PostMapping("/stored/{id}")
    Stored stored(@PathVariable long id, @RequestParam String q, @Valid @RequestBody Item item) throws Exception {
        return new Stored(id, q, item.name, item.price * item.quantity, stock.of(id));
    }
}
