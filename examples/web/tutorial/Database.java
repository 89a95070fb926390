import static io.asyncio4j.Asyncio.toThread;

import io.asyncio4j.web.*;
import jakarta.validation.constraints.Size;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

record NewBook(@Size(min = 1, max = 40) String title, Optional<Integer> pages) {}

record Book(int id, String title, Optional<Integer> pages) {}

/// The books, over one connection of JDBC. Its methods block.
record Books(Connection connection) implements AutoCloseable {
    Book insert(NewBook book) throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement("insert into book (title, pages) values (?, ?)", new String[] {"id"})) {
            insert.setString(1, book.title());
            insert.setObject(2, book.pages().orElse(null));
            insert.executeUpdate();
            ResultSet keys = insert.getGeneratedKeys();
            keys.next();
            return new Book(keys.getInt(1), book.title(), book.pages());
        }
    }

    List<Book> list(int offset, int limit) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("select id, title, pages from book order by id limit ? offset ?")) {
            select.setInt(1, limit);
            select.setInt(2, offset);
            ResultSet rows = select.executeQuery();
            List<Book> books = new ArrayList<>();
            while (rows.next()) {
                Optional<Integer> pages = Optional.ofNullable(rows.getObject("pages", Integer.class));
                books.add(new Book(rows.getInt("id"), rows.getString("title"), pages));
            }
            return books;
        }
    }

    boolean delete(int id) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement("delete from book where id = ?")) {
            delete.setInt(1, id);
            return delete.executeUpdate() == 1;
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}

Connection connect() throws SQLException {
    return DriverManager.getConnection("jdbc:h2:mem:books");
}

@Provides
Books books() throws SQLException {
    return toThread(() -> new Books(connect()));
}

@Post("/books")
@Status(201)
Book create(NewBook book, Books books) throws SQLException {
    return toThread(() -> books.insert(book));
}

@Get("/books")
List<Book> list(@DefaultValue("0") int offset, @DefaultValue("100") int limit, Books books) throws SQLException {
    return toThread(() -> books.list(offset, limit));
}

@Delete("/books/{id}")
@Blocking
String delete(int id, Books books) throws SQLException {
    if (!books.delete(id)) {
        throw new HttpException(404, "No book " + id);
    }
    return "deleted";
}

void main() {
    WebApp app = WebApp.create();
    app.provide(this);
    app.routes(this);
    app.lifespan(serving -> {
        try (Connection connection = toThread(() -> connect())) {
            toThread(() -> connection.createStatement().execute("""
                create table book (id int auto_increment primary key, title varchar(40) not null, pages int)\
                """));
            serving.run();
        }
    });
    app.serve(8000);
}
