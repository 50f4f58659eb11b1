package dev.dyno.formation;

import java.util.concurrent.atomic.AtomicBoolean;

/** A request that has come, and whose command waits for an answer, for ten seconds at most. */
public final class Asked {
    private final Request request;
    private final Requests requests;
    private final String name;
    private final AtomicBoolean answered = new AtomicBoolean();

    Asked(Request request, Requests requests, String name) {
        this.request = request;
        this.requests = requests;
        this.name = name;
    }

    public Request request() {
        return request;
    }

    /** Answers it, from whatever thread; only the first answer counts. */
    public void answer(Answer answer) {
        if (answered.compareAndSet(false, true)) {
            requests.reply(name, answer);
        }
    }
}
