package dev.dyno.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AppTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "abc",
                "zoo",
                "my-shop-2",
                "a09",
                "a9z",
                "a--b",
                "abcdefghijklmnopqrstuvwxyz-012"
            })
    void takesWhatHerokuTakesForAName(String name) {
        assertThat(App.isName(name)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ab",
                "abcdefghijklmnopqrstuvwxyz-0123",
                "1ab",
                "-ab",
                "ab-",
                "aBc",
                "a`c",
                "a{c",
                "a/c",
                "a:c",
                "a_c",
                "{bc",
                "`bc"
            })
    void refusesWhatHerokuRefuses(String name) {
        assertThat(App.isName(name)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "/srv/shop, shop",
        "/srv/My Shop_2, my-shop-2",
        "/srv/azAZ09, azaz09",
        "/srv/2nd.shop!, nd-shop",
        "/srv/a  b, a-b",
        "/srv/...., app",
        "/srv/a/b{c`d:e, b-c-d-e",
        "/, app",
        "/srv/abcdefghijklmnopqrstuvwxyz0123456789, abcdefghijklmnopqrstuvwxyz0123",
        "/srv/abcdefghijklmnopqrstuvwxyz012_456789, abcdefghijklmnopqrstuvwxyz012"
    })
    void isNamedAfterItsDirectory(String directory, String name) {
        assertThat(App.of(Path.of(directory)).name()).isEqualTo(name);
    }

    @Test
    void anotherNameChangesNothingElse() {
        App app = App.of(Path.of("/srv/shop"));

        assertThat(app.called("other")).isEqualTo(new App("other", Path.of("/srv/shop")));
        assertThat(app.called("other").key()).isEqualTo(app.key());
    }

    @Test
    void itsKeyIsReadableAndTheDirectorysOwn() {
        assertThat(App.of(Path.of("/srv/shop")).key())
                .startsWith("shop-")
                .isNotEqualTo(App.of(Path.of("/home/shop")).key());
    }
}
