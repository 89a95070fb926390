package io.asyncio4j.conformance;

/// An integer that all tasks of a program share.
final class Cell {
    int value;

    Cell(int value) {
        this.value = value;
    }
}
