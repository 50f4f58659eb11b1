# The library as JSON, on the port that the dyno was given.
require "json"
require "socket"
require_relative "app"

$stdout.sync = true # Lines reach the log as they are printed.

# Reads the request's head, which this server ignores, and answers every request with the books.
def answer(client)
  nil until client.gets.to_s.chomp.empty?
  body = "#{{ dyno: ENV.fetch('DYNO', nil), books: Library.books }.to_json}\n"
  client.write "HTTP/1.1 200 OK\r\n" \
               "Content-Type: application/json\r\n" \
               "Content-Length: #{body.bytesize}\r\n" \
               "Connection: close\r\n\r\n", body
ensure
  client.close
end

port = ENV.fetch("PORT", 5000)
server = TCPServer.new("0.0.0.0", port)
trap("TERM") do
  puts "SIGTERM, closing"
  exit
end
puts "listening on #{port}"
loop { Thread.new(server.accept) { |client| answer(client) } }
