window.YTD.note_tweet.part0 = [
  {
    "noteTweet": {
      "noteTweetId": "1424689467951726596",
      "updatedAt": "2021-08-09T11:10:13.000Z",
      "lifecycle": {
        "value": "1",
        "name": "Active"
      },
      "createdAt": "2021-08-09T11:10:13.000Z",
      "core": {
        "styletags": [],
        "urls": [],
        "text": "Aybak, from a phone call with a lecturer there, lightly shortened: “The elders went to the governor at night. In the morning the police took off their uniforms. At nine the first motorcycles came, perhaps forty men. They were polite. They asked where the bank was. My students write to me all day, they ask if there will be an exam on Saturday. I do not know what to answer.” He will stay, he says, because his mother cannot travel.",
        "mentions": [],
        "cashtags": [],
        "hashtags": []
      }
    }
  }
]
