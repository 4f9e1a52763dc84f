#include "host/fetch/download.h"

#include <curl/curl.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <cstdlib>
#include <exception>
#include <memory>
#include <string_view>

#include "base/error.h"
#include "base/files.h"
#include "host/fetch/url_rules.h"

namespace connhost {
namespace {

constexpr int kMostRedirects = 5;
constexpr size_t kMostHeaderBytes = size_t{256} << 10;

using Curl = std::unique_ptr<CURL, void (*)(CURL*)>;

// The body of the answer to one request, and where it goes.
class Transfer {
 public:
  Transfer(const FetchRequest& request, std::string url, int fd, uint64_t start)
      : request_(request), url_(std::move(url)), fd_(fd), start_(start), at_(start) {}

  // Sends the request and waits for the end. What broke is thrown; an HTTP status is not.
  void Run(CURL* curl);

  long status() const { return status_; }
  uint64_t at() const { return at_; }
  std::string redirect(CURL* curl) const {
    char* url = nullptr;
    ::curl_easy_getinfo(curl, CURLINFO_REDIRECT_URL, &url);
    return url == nullptr ? "" : url;
  }

 private:
  static size_t OnHeader(char* bytes, size_t, size_t size, void* self) {
    return static_cast<Transfer*>(self)->Guard([&](Transfer& transfer) {
      transfer.TakeHeader({bytes, size});
    })
               ? size
               : 0;
  }
  static size_t OnBody(char* bytes, size_t, size_t size, void* self) {
    return static_cast<Transfer*>(self)->Guard([&](Transfer& transfer) {
      transfer.TakeBody({bytes, size});
    })
               ? size
               : 0;
  }
  // No exception may pass through libcurl.
  template <typename Work>
  bool Guard(Work work) {
    try {
      work(*this);
      return true;
    } catch (...) {
      failure_ = std::current_exception();
      return false;
    }
  }
  void TakeHeader(std::string_view line);
  void TakeBody(std::string_view bytes);
  void BeginBody();
  Error TooLong() const {
    return Error(ErrorKind::kPolicy, url_ + ": the server sends more than the " +
                                         std::to_string(request_.most_bytes) +
                                         " bytes expected; nothing of it is used");
  }
  void SetOptions(CURL* curl);
  [[noreturn]] void Fail(CURLcode code, const char* detail) const;

  const FetchRequest& request_;
  std::string url_;
  int fd_;
  uint64_t start_;
  uint64_t at_;  // the next byte of the file
  long status_ = 0;
  size_t header_bytes_ = 0;
  uint64_t range_start_ = 0;
  bool begun_ = false;
  CURL* curl_ = nullptr;
  std::exception_ptr failure_;
};

void Transfer::TakeHeader(std::string_view line) {
  header_bytes_ += line.size();
  if (header_bytes_ > kMostHeaderBytes) {
    throw Error(ErrorKind::kTransient, url_ + ": the server sends headers without end");
  }
  constexpr std::string_view kRange = "content-range: bytes ";
  if (line.size() < kRange.size()) return;
  for (size_t i = 0; i < kRange.size(); ++i) {
    const char c = line[i] >= 'A' && line[i] <= 'Z' ? static_cast<char>(line[i] + 32) : line[i];
    if (c != kRange[i]) return;
  }
  std::from_chars(line.data() + kRange.size(), line.data() + line.size(), range_start_);
}

// A server that knows no ranges sends the whole file: then its beginning goes too.
void Transfer::BeginBody() {
  begun_ = true;
  ::curl_easy_getinfo(curl_, CURLINFO_RESPONSE_CODE, &status_);
  if (status_ == 206 && start_ != 0 && range_start_ == start_) return;
  if (status_ == 206) {
    throw Error(ErrorKind::kTransient,
                url_ + ": asked for the bytes from " + std::to_string(start_) +
                    " on, the server sends those from " + std::to_string(range_start_) + " on");
  }
  if (status_ != 200) return;
  at_ = 0;
  if (::ftruncate(fd_, 0) != 0) throw ErrnoError(ErrorKind::kTransient, request_.output);
}

void Transfer::TakeBody(std::string_view bytes) {
  if (!begun_) BeginBody();
  if (status_ != 200 && status_ != 206) return;  // a page for people
  if (bytes.size() > request_.most_bytes - at_) throw TooLong();
  while (!bytes.empty()) {
    const ssize_t put = ::pwrite(fd_, bytes.data(), bytes.size(), static_cast<off_t>(at_));
    if (put < 0 && errno == EINTR) continue;
    if (put < 0) throw ErrnoError(ErrorKind::kTransient, "write " + request_.output);
    bytes.remove_prefix(static_cast<size_t>(put));
    at_ += static_cast<uint64_t>(put);
  }
}

void Transfer::SetOptions(CURL* curl) {
  ::curl_easy_setopt(curl, CURLOPT_URL, url_.c_str());
  ::curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
  ::curl_easy_setopt(curl, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
  ::curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
  ::curl_easy_setopt(curl, CURLOPT_USERAGENT, "connhost");
  ::curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, static_cast<long>(request_.connect_seconds));
  ::curl_easy_setopt(curl, CURLOPT_LOW_SPEED_LIMIT, 1000L);
  ::curl_easy_setopt(curl, CURLOPT_LOW_SPEED_TIME, static_cast<long>(request_.stall_seconds));
  ::curl_easy_setopt(curl, CURLOPT_MAXFILESIZE_LARGE, static_cast<curl_off_t>(request_.most_bytes));
  ::curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, OnHeader);
  ::curl_easy_setopt(curl, CURLOPT_HEADERDATA, this);
  ::curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, OnBody);
  ::curl_easy_setopt(curl, CURLOPT_WRITEDATA, this);
  for (const char* name : {"SSL_CERT_FILE", "CURL_CA_BUNDLE"}) {
    const char* file = std::getenv(name);
    if (file != nullptr && *file != '\0') ::curl_easy_setopt(curl, CURLOPT_CAINFO, file);
  }
  const std::string range = std::to_string(start_) + "-";
  if (start_ != 0) ::curl_easy_setopt(curl, CURLOPT_RANGE, range.c_str());
}

void Transfer::Run(CURL* curl) {
  curl_ = curl;
  char detail[CURL_ERROR_SIZE] = "";
  ::curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, detail);
  SetOptions(curl);
  const CURLcode code = ::curl_easy_perform(curl);
  if (failure_) std::rethrow_exception(failure_);
  ::curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status_);
  if (code != CURLE_OK) Fail(code, detail);
  if (!begun_) BeginBody();  // an empty file
}

void Transfer::Fail(CURLcode code, const char* detail) const {
  const std::string reason = *detail == '\0' ? ::curl_easy_strerror(code) : detail;
  switch (code) {
    case CURLE_FILESIZE_EXCEEDED:
      throw TooLong();
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_SSL_ISSUER_ERROR:
      throw Error(ErrorKind::kPolicy, url_ + ": the server cannot prove who it is: " + reason +
                                          "; SSL_CERT_FILE names the certificates to trust");
    case CURLE_PARTIAL_FILE:
    case CURLE_GOT_NOTHING:
    case CURLE_RECV_ERROR:
      throw Error(ErrorKind::kTransient,
                  url_ + ": the transfer broke off: " + reason + "; try again");
    default:
      throw Error(ErrorKind::kTransient, url_ + ": " + reason + "; try again");
  }
}

Error StatusError(const std::string& url, long status) {
  const std::string sentence = url + ": the server answered " + std::to_string(status);
  if (status == 404 || status == 410) {
    return Error(ErrorKind::kConfig, sentence + ": nothing is there");
  }
  if (status == 401 || status == 403 || status == 407) {
    return Error(ErrorKind::kAuth, sentence + ": it wants credentials");
  }
  if (status == 429) return Error(ErrorKind::kThrottled, sentence + "; try again later");
  if (status >= 500) return Error(ErrorKind::kTransient, sentence + "; try again later");
  return Error(ErrorKind::kConfig, sentence);
}

uint64_t StartOf(const FetchRequest& request, int fd) {
  struct stat file {};
  if (::fstat(fd, &file) != 0) throw ErrnoError(ErrorKind::kTransient, request.output);
  const auto size = static_cast<uint64_t>(file.st_size);
  if (request.resume && size < request.most_bytes) return size;
  if (::ftruncate(fd, 0) != 0) throw ErrnoError(ErrorKind::kTransient, request.output);
  return 0;
}

}  // namespace

FetchAnswer Download(const FetchRequest& request) {
  const UniqueFd fd = OpenFile(request.output, O_RDWR | O_CREAT, 0600);
  uint64_t start = StartOf(request, fd.get());
  std::string url = request.url;
  bool secure = false;
  for (int redirects = 0; redirects <= kMostRedirects; ++redirects) {
    secure = CheckUrl(url, request.allow_http, secure);
    const Curl curl(::curl_easy_init(), ::curl_easy_cleanup);
    Transfer transfer(request, url, fd.get(), start);
    transfer.Run(curl.get());
    const long status = transfer.status();
    if (status == 200 || status == 206) {
      if (::fsync(fd.get()) != 0) throw ErrnoError(ErrorKind::kTransient, request.output);
      return {transfer.at(), status == 206};
    }
    const std::string next = transfer.redirect(curl.get());
    if (status == 416 && start != 0) {
      start = 0;  // what is there is no beginning of the file
      if (::ftruncate(fd.get(), 0) != 0) throw ErrnoError(ErrorKind::kTransient, request.output);
    } else if (next.empty()) {
      throw StatusError(url, status);
    } else {
      url = next;
    }
  }
  throw Error(ErrorKind::kConfig, request.url + ": the server leads on more than " +
                                      std::to_string(kMostRedirects) + " times");
}

}  // namespace connhost
