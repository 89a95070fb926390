package io.asyncio4j.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The cost of finding a route, counted and not measured: with a thousand routes as with ten.
final class RouteCostTest {
    /// The routes of shops: of each, a list, an item, a part of it and the files.
    private static List<Route> routes(int number) {
        List<Route> routes = new ArrayList<>();
        for (int shop = 0; routes.size() < number; shop++) {
            for (String path : List.of("/items", "/items/{id}", "/items/{id}/parts/{part}", "/files/{rest:path}")) {
                routes.add(route("/shops/s" + shop + path));
            }
        }
        return routes.subList(0, number);
    }

    private static Route route(String path) {
        return new Route("GET", PathTemplate.of(path), new RouteTarget.OfHandler(_ -> "found"));
    }

    private static List<Integer> candidates(RouteTree tree, String path) {
        List<Integer> found = new ArrayList<>();
        tree.candidates(path).forEach(found::add);
        return found;
    }

    @ParameterizedTest
    @CsvSource({
        "/shops/s0/items, 4, 0",
        "/shops/s0/items/7, 5, 1",
        "/shops/s1/items/7/parts/8, 7, 6",
        "/shops/s1/files/a/b/c, 4, 7",
        "/shops/s0/nothing, 3,",
        "/elsewhere, 1,"
    })
    void isTheSameForAnyNumberOfRoutes(String path, int nodes, Integer route) {
        for (int number : new int[] {10, 1_000, 10_000}) {
            RouteTree tree = new RouteTree(routes(number));

            assertThat(candidates(tree, path)).isEqualTo(route == null ? List.of() : List.of(route));
            assertThat(tree.nodesFor(path)).as("%d routes", number).isEqualTo(nodes);
        }
    }

    @ParameterizedTest
    @CsvSource({"/a/a/a/a/a/a/a/a/a/a, 2047", "/a/a/a/a/a/a/a/a/a/b, 1535", "/b/b/b/b/b/b/b/b/b/b, 11"})
    void neverExceedsTheNodesOfTheTree(String path, int nodes) {
        List<Route> routes = new ArrayList<>();
        for (int bits = 0; bits < 1_024; bits++) { // each segment is either 'a' or a parameter
            StringBuilder text = new StringBuilder();
            for (int at = 0; at < 10; at++) {
                text.append((bits >> at & 1) == 0 ? "/a" : "/{p" + at + "}");
            }
            routes.add(route(text.toString()));
        }
        assertThat(new RouteTree(routes).nodesFor(path)).isEqualTo(nodes);
    }
}
