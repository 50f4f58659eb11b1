package dev.dyno.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A document's blocks between fences. */
final class Page {
    /**
     * @param place the document and the line where its fence stands
     * @param info what stands behind the fence: {@code console window=2}
     */
    record Block(String place, String info, List<String> lines) {
        Block {
            lines = List.copyOf(lines);
        }

        Block with(String text, String instead) {
            return new Block(
                    place, info, lines.stream().map(line -> line.replace(text, instead)).toList());
        }

        boolean is(String word) {
            return List.of(info.split(" ", -1)).contains(word);
        }

        /** What is said of it by {@code key=value}. */
        Optional<String> value(String key) {
            return List.of(info.split(" ", -1)).stream()
                    .filter(word -> word.startsWith(key + "="))
                    .map(word -> word.substring(key.length() + 1))
                    .findFirst();
        }
    }

    private Page() {}

    /** The blocks of a document in the checkout, in their order. */
    static List<Block> blocks(String document) throws IOException {
        var blocks = new ArrayList<Block>();
        var lines = new ArrayList<String>();
        int number = 0;
        int fence = 0;
        String info = "";
        for (String line : Files.readAllLines(Shell.ROOT.resolve(document))) {
            number++;
            if (!line.startsWith("```")) {
                lines.add(line);
            } else if (fence == 0) {
                fence = number;
                info = line.substring(3);
                lines.clear();
            } else {
                blocks.add(new Block(document + ":" + fence, info, lines));
                fence = 0;
            }
        }
        return blocks;
    }
}
