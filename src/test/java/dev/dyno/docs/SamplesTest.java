package dev.dyno.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SamplesTest {
    @TempDir Path state = Path.of("");

    private Shell.Result dyno(String app, String words) throws Exception {
        return new Shell(state).run("scripts/dyno run -a samples/" + app + " " + words);
    }

    private void needs(String program) throws Exception {
        assumeTrue(new Shell(state).has(program), program + " is not installed");
    }

    @Test
    void helloGreetsByItsProfileScriptAndItsConfig() throws Exception {
        assertThat(dyno("hello", "greet Ada").out())
                .matches("Good morning, Ada! I am run\\.\\d{4}, my port is \\d+\\.\n");
        assertThat(dyno("hello", "-e GREETING=Hi greet Ada").out()).startsWith("Hi, Ada!");
        assertThat(dyno("hello", "every").status()).isEqualTo(1);
    }

    @Test
    void flakyFailsSoonerOrLaterAndLeavesWhatItWasAt() throws Exception {
        Shell.Result many =
                dyno("flaky", "'for n in {1..100}; do bin/settle; done; cat settled/last'");

        assertThat(many.err()).contains("order 1003: 'n/a' is no amount\n");
        assertThat(many.out()).contains("order 1001 of ada\nsettled 42\n").endsWith("\n");
    }

    @Test
    void nodeMigratesItsFileDatabase() throws Exception {
        needs("node");
        assertThat(dyno("node", "node migrate.js migrate").out())
                .isEqualTo(
                        "applied 001-create-products\napplied 002-add-prices\n"
                                + "applied 003-create-orders\n");
        assertThat(dyno("node", "migrate status").out())
                .startsWith("pending 001-create-products\n");
        assertThat(dyno("node", "node migrate.js frobnicate").status()).isEqualTo(1);
    }

    @Test
    void nodeServesOnItsPort() throws Exception {
        needs("node");
        String request =
                """
                'node migrate.js >/dev/null; node server.js >log &
                until grep -q listening log; do :; done
                node -e "fetch(\\"http://127.0.0.1:$PORT/\\").then(r => r.json()).then(j => console.log(j.products[0].name))"'
                """;
        assertThat(dyno("node", request).out()).isEqualTo("tea pot\n");
    }

    @Test
    void pythonMigratesItsSqliteDatabase() throws Exception {
        needs("python3");
        assertThat(dyno("python", "python3 manage.py migrate").out())
                .isEqualTo("applied 0001_create_notes\napplied 0002_add_words\n");
        assertThat(dyno("python", "python3 manage.py nope").status()).isEqualTo(2);
    }

    @Test
    void rubyMigratesByRakeAndTalksByIrb() throws Exception {
        needs("rake");
        needs("irb");
        assertThat(dyno("ruby", "rake db:migrate").out())
                .isEqualTo("applied 001_create_books\napplied 002_add_years\n");
        assertThat(dyno("ruby", "rake nope").status()).isEqualTo(1);
        String irb = "echo 'puts Library.books.size' | scripts/dyno run -a samples/ruby console";
        assertThat(new Shell(state).run(irb).out()).contains("\n0\n");
    }

    @Test
    void javaMigratesItsEmbeddedDatabaseFromAJarBuiltHere() throws Exception {
        needs("mvn");
        Shell.Result built = new Shell(state).run("mvn -q -B -f samples/java package");
        assertThat(built.status()).as(built.out() + built.err()).isZero();
        assertThat(dyno("java", "java -jar db-migrate.jar migrate").out())
                .isEqualTo(
                        "applied V1 create product\napplied V2 add price\n"
                                + "applied V3 create order line\n");
        assertThat(dyno("java", "java -jar db-migrate.jar frobnicate").status()).isEqualTo(1);
    }
}
