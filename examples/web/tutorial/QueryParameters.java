import io.asyncio4j.web.*;

final List<String> items = List.of("apple", "bread", "carrot", "date", "egg");

@Get("/items")
List<String> page(@DefaultValue("0") int skip, @DefaultValue("3") int limit) {
    return items.stream().skip(skip).limit(limit).toList();
}

@Get("/search")
List<String> search(String text, Optional<Integer> most) {
    return items.stream()
            .filter(item -> item.contains(text))
            .limit(most.orElse(items.size()))
            .toList();
}

@Get("/items/{number}")
String item(int number, @DefaultValue("false") boolean shout) {
    String item = items.get(number);
    return shout ? item.toUpperCase(Locale.ROOT) : item;
}

@Get("/choose")
List<String> choose(@QueryParam("number") List<Integer> numbers) {
    return numbers.stream().map(items::get).toList();
}

record Filter(
        @DefaultValue("") String prefix,
        @DefaultValue("5") int most) {}

@Get("/filtered")
List<String> filtered(@QueryParam Filter filter) {
    return items.stream()
            .filter(item -> item.startsWith(filter.prefix()))
            .limit(filter.most())
            .toList();
}

void main() {
    WebApp app = WebApp.create();
    app.routes(this);
    app.serve(8000);
}
