package dev.dyno.change;

/**
 * How good a place between two lines is to begin or to end a change at. The weights are those that
 * git found to suit people best (diff.indentHeuristic).
 *
 * @param indent of the line behind it; -1 where that is blank, or the text's end
 * @param blanksBefore how many blank lines stand before it
 * @param before indent of the line before those; -1 at the text's start
 * @param blanksBehind how many blank lines stand behind the line behind it
 * @param behind indent of the line behind those; -1 at the text's end
 */
record Indents(
        boolean atEnd, int indent, int blanksBefore, int before, int blanksBehind, int behind) {
    private static final int MOST_BLANKS = 20;

    static Indents at(Lines text, int line) {
        boolean atEnd = line >= text.count();
        int blanksBefore = 0;
        int before = -1;
        for (int i = line - 1; i >= 0 && before < 0; i--) {
            before = text.indent(i);
            if (before < 0 && ++blanksBefore == MOST_BLANKS) {
                before = 0;
            }
        }
        int blanksBehind = 0;
        int behind = -1;
        for (int i = line + 1; i < text.count() && behind < 0; i++) {
            behind = text.indent(i);
            if (behind < 0 && ++blanksBehind == MOST_BLANKS) {
                behind = 0;
            }
        }
        int indent = atEnd ? -1 : text.indent(line);
        return new Indents(atEnd, indent, blanksBefore, before, blanksBehind, behind);
    }

    IndentScore score() {
        int blanks = indent < 0 ? 1 + blanksBehind : 0;
        int all = blanksBefore + blanks;
        int effective = indent < 0 ? behind : indent;
        int penalty = -30 * all + 6 * blanks + (atEnd ? 21 : 0);
        if (before < 0 && blanksBefore == 0) {
            penalty += 1;
        }
        if (effective >= 0 && before >= 0) {
            penalty += relative(effective, all > 0);
        }
        return new IndentScore(effective, penalty);
    }

    /** A block that begins, goes on or ends. */
    private int relative(int effective, boolean anyBlanks) {
        if (effective > before) {
            return anyBlanks ? 10 : -4;
        }
        if (effective == before) {
            return 0;
        }
        if (behind > effective) {
            return anyBlanks ? 17 : 24;
        }
        return anyBlanks ? 17 : 23;
    }
}
