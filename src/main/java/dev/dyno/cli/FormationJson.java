package dev.dyno.cli;

import dev.dyno.app.App;
import dev.dyno.formation.Formation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A formation under the field names of Heroku's Platform API. */
final class FormationJson {
    private FormationJson() {}

    static List<Map<String, Object>> list(App app, Formation formation) {
        var list = new ArrayList<Map<String, Object>>();
        formation
                .entries()
                .forEach((type, entry) -> {
                    var fields = new LinkedHashMap<String, Object>();
                    fields.put("app", DynoJson.app(app));
                    fields.put("quantity", entry.quantity());
                    fields.put("size", entry.size().label());
                    fields.put("type", type);
                    list.add(fields);
                });
        return list;
    }
}
