package dev.dyno.app;

import java.util.ArrayList;
import java.util.List;

/** What is found about one file while it is parsed, in the order of its lines. */
final class Findings {
    private final String file;
    private final List<Finding> errors = new ArrayList<>();
    private final List<Finding> warnings = new ArrayList<>();

    Findings(String file) {
        this.file = file;
    }

    void error(int line, int column, String message, String source) {
        errors.add(new Finding(file, line, column, message, Visible.inPlace(source)));
    }

    void error(String message) {
        error(0, 0, message, "");
    }

    void warning(int line, int column, String message, String source) {
        warnings.add(new Finding(file, line, column, message, Visible.inPlace(source)));
    }

    boolean hasErrors() {
        return !errors.isEmpty();
    }

    /** A file that is refused is not warned about as well: what its lines mean is not settled. */
    <T> Reading<T> about(T value) {
        return new Reading<>(value, errors, hasErrors() ? List.of() : warnings);
    }
}
