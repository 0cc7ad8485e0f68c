var user_details = {
  "screen_name": "kdz_desk",
  "id": "700100200"
}