package io.asyncio4j.web;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The routes of an application by the segments of their paths, so that the time to find one does
/// not grow with their number.
///
/// It finds too many rather than too few: whether a path fits, the template says.
final class RouteTree {
    private final Node root = new Node();

    private static final class Node {
        final Map<String, Node> literals = new HashMap<>();

        @Nullable
        Node parameter;

        /// The numbers of routes that end here.
        final List<Integer> ends = new ArrayList<>();

        /// Those that take anything from here on.
        final List<Integer> rests = new ArrayList<>();
    }

    RouteTree(List<Route> routes) {
        for (int i = 0; i < routes.size(); i++) {
            add(routes.get(i), i);
        }
    }

    private void add(Route route, int number) {
        Node node = root;
        if (route.path.text.isEmpty()) { // a mount for everything
            node.rests.add(number);
            return;
        }
        String[] segments = route.path.text.substring(1).split("/", -1);
        for (String segment : segments) {
            if (segment.contains(":path}")) {
                node.rests.add(number);
                return;
            }
            if (segment.indexOf('{') < 0) {
                node = node.literals.computeIfAbsent(segment, _ -> new Node());
            } else {
                if (node.parameter == null) {
                    node.parameter = new Node();
                }
                node = node.parameter;
            }
        }
        (route.isMount() ? node.rests : node.ends).add(number);
    }

    /// Returns the numbers of the routes that may fit, in their order.
    List<Integer> candidates(String path) {
        if (!path.startsWith("/")) {
            return List.of();
        }
        List<Integer> found = new ArrayList<>(4);
        collect(root, path, 1, found); // never one twice, as each stands at one node
        if (found.size() > 1) {
            Collections.sort(found);
        }
        return found;
    }

    /// Returns how many nodes are visited to find the routes that may fit.
    int nodesFor(String path) {
        return path.startsWith("/") ? collect(root, path, 1, new ArrayList<>()) : 0;
    }

    /// @param start where the next segment begins; behind the end if there is none
    /// @return the number of nodes that were visited
    private static int collect(Node node, String path, int start, List<Integer> found) {
        found.addAll(node.rests);
        if (start > path.length()) {
            found.addAll(node.ends);
            return 1;
        }
        int slash = path.indexOf('/', start);
        int end = slash < 0 ? path.length() : slash;
        Node literal = node.literals.get(path.substring(start, end));
        int visited = 1;
        if (literal != null) {
            visited += collect(literal, path, end + 1, found);
        }
        if (node.parameter != null) {
            visited += collect(node.parameter, path, end + 1, found);
        }
        return visited;
    }
}
