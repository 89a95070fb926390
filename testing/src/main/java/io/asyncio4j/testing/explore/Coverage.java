package io.asyncio4j.testing.explore;

import io.asyncio4j.spi.ReadyOrder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The interleavings of a program that were run, so that none is run twice, and it is known when
/// there are no more.
///
/// A tree with a node for each choice that was come to; what was run in all ways collapses into
/// [#COMPLETE], so that the tree of a small program stays small. That of a large one is only known
/// up to a limit; and of one that does not do the same in the same order, nothing is.
final class Coverage {
    private static final int MAX_NODES = 200_000;

    /// Stands for the end of a program, and for a node with nothing else below it.
    private static final Node COMPLETE = new Node(0);

    private @Nullable Node root;
    private int nodes;

    /// Whether the program did something else than before in the same order.
    private boolean contradicted;

    private static final class Node {
        final @Nullable Node[] children;
        int complete;

        Node(int candidates) {
            children = new Node[candidates];
        }
    }

    /// Whether there is nothing that was not run.
    boolean isComplete() {
        return root == COMPLETE && !contradicted;
    }

    /// Returns the strategy of the next run: the given one, but never what was run already. If
    /// there is nothing else, it must not be used.
    Walk walk(Strategy strategy) {
        return new Walk(strategy);
    }

    /// A run's way down the tree.
    final class Walk implements Strategy {
        private final Strategy strategy;
        private final List<Node> path = new ArrayList<>();
        private final List<Integer> answers = new ArrayList<>();
        private boolean steered;

        /// Whether the tree does not tell what comes now.
        private boolean lost;

        private Walk(Strategy strategy) {
            this.strategy = strategy;
        }

        @Override
        public int choose(List<ReadyOrder.Step> candidates) {
            int answer = strategy.choose(candidates);
            Node node = lost ? null : enter(candidates.size());
            if (node == null) {
                lost = true;
                return answer;
            }
            while (node.children[answer] == COMPLETE) {
                answer = (answer + 1) % candidates.size();
                steered = true;
            }
            answers.add(answer);
            return answer;
        }

        /// Returns the node of the next choice, or null if there is none.
        private @Nullable Node enter(int candidates) {
            Node node = child(path.size());
            if (node == null && nodes < MAX_NODES) {
                nodes++;
                node = new Node(candidates);
                setChild(path.size(), node);
            }
            if (node == null) {
                return null;
            }
            contradicted |= node.children.length != candidates;
            if (contradicted) {
                return null;
            }
            path.add(node);
            return node;
        }

        private @Nullable Node child(int depth) {
            return depth == 0 ? root : path.get(depth - 1).children[answers.get(depth - 1)];
        }

        private void setChild(int depth, Node node) {
            if (depth == 0) {
                root = node;
            } else {
                path.get(depth - 1).children[answers.get(depth - 1)] = node;
            }
        }

        /// Whether this is not what the strategy alone would have done.
        boolean isSteered() {
            return steered;
        }

        /// Notes that the run has come to its end.
        void end() {
            if (lost) {
                return;
            }
            Node next = child(path.size());
            if (next != null && next != COMPLETE) {
                contradicted = true; // where it ends now, there was a choice before
                return;
            }
            for (int depth = path.size(); ; depth--) {
                setChild(depth, COMPLETE);
                if (depth == 0 || ++path.get(depth - 1).complete < path.get(depth - 1).children.length) {
                    return;
                }
                nodes--;
            }
        }
    }
}
